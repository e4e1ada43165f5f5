//! French.

mod ends;
mod questions;

use jiff::civil::Date;

use super::{Count, Label, Words};
use crate::letters::token::Purpose;
use crate::registration::{Channel, CorrectedBy, CustomerType, Energy, Field, Kind, WrittenYes};

pub struct French;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

impl Words for French {
    fn label(&self, field: Field) -> &'static str {
        match field {
            Field::FirstName => "Prénom",
            Field::LastName => "Nom de famille",
            Field::DateOfBirth => "Date de naissance",
            Field::Email => "Adresse e-mail",
            Field::Phone => "Numéro de téléphone",
            Field::CompanyName => "Nom de l'entreprise",
            Field::EnterpriseNumber => "Numéro d'entreprise",
            Field::Street => "Rue",
            Field::HouseNumber => "Numéro de maison",
            Field::Box => "Boîte",
            Field::PostalCode => "Code postal",
            Field::Municipality => "Commune",
            Field::ElectricityEan => "Code EAN électricité",
            Field::GasEan => "Code EAN gaz",
            Field::ElectricityMeterNumber => "Numéro du compteur d'électricité",
            Field::GasMeterNumber => "Numéro du compteur de gaz",
            Field::Iban => "Numéro de compte (IBAN)",
            Field::StartDate => "Date de début",
        }
    }

    fn name_of(&self, label: Label) -> &'static str {
        match label {
            Label::SupplyAddress => "Adresse de fourniture",
            Label::Request => "Demande",
            Label::CurrentSupplier => "Fournisseur actuel",
            Label::Reference => "Référence",
            Label::Supplier => "Fournisseur",
            Label::Seat => "Siège",
            Label::EnterpriseNumber => "Numéro d'entreprise",
            Label::Phone => "Téléphone",
            Label::Email => "E-mail",
            Label::Website => "Site web",
            Label::Distributor => "Gestionnaire de réseau (GRD)",
            Label::StartOfSupply => "Début de la fourniture",
            Label::Ean => "Code EAN",
            Label::MeterNumber => "Numéro de compteur",
            Label::Customer => "Client",
            Label::DateOfConclusion => "Date de conclusion du contrat",
            Label::Duration => "Durée, reconduction et fin",
            Label::Price => "Prix et formule de prix",
            Label::Payment => "Paiement et acomptes",
            Label::Compensation => "Qualité du service et indemnités",
            Label::BankAccount => "Compte bancaire communiqué",
            Label::Ombudsman => "Médiateur",
        }
    }

    fn energy(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => "électricité",
            Energy::Gas => "gaz naturel",
        }
    }

    fn energies(&self, energies: &[Energy]) -> String {
        super::join(self, energies, " et ")
    }

    fn colon(&self) -> &'static str {
        "\u{a0}:"
    }

    fn date(&self, date: Date) -> String {
        let day = match date.day() {
            1 => "1er".to_owned(),
            day => day.to_string(),
        };
        format!("{day}\u{a0}{} {}", super::month(&MONTHS, date), date.year())
    }

    fn box_word(&self) -> &'static str {
        "bte"
    }

    fn not_given(&self) -> &'static str {
        "non communiqué"
    }

    fn request(&self, kind: Kind, customer_type: CustomerType, energies: &str) -> String {
        let kind = match kind {
            Kind::Switch => "changement de fournisseur",
            Kind::Move => "déménagement",
        };
        let customer_type = match customer_type {
            CustomerType::Residential => "particulier",
            CustomerType::Business => "professionnel",
        };
        format!("{energies}, {kind}, client {customer_type}")
    }

    fn typeset(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for sign in [":", "?", "!", ";", "»"] {
            text = text.replace(&format!(" {sign}"), &format!("\u{a0}{sign}"));
        }
        text.replace("« ", "«\u{a0}")
    }

    fn greeting(&self, name: Option<&str>) -> String {
        match name {
            Some(name) => format!("Bonjour {name},"),
            None => "Bonjour,".to_owned(),
        }
    }

    fn closing(&self) -> &'static str {
        "Cordialement,"
    }

    fn footer(&self) -> &'static str {
        "Cet e-mail a été envoyé automatiquement. Vous pouvez y répondre : votre réponse arrive à notre \
         service clientèle."
    }

    fn corrected(&self, old: Option<&str>, new: &str) -> String {
        match old {
            Some(old) => format!("{new} (avant : {old})"),
            None => format!("{new} (ajouté)"),
        }
    }

    fn confirmed(&self, value: Option<&str>) -> String {
        match value {
            Some(value) => format!("{value} (confirmé)"),
            None => "rien à ajouter (confirmé)".to_owned(),
        }
    }

    fn received_subject(&self, reference: &str) -> String {
        format!("Votre demande {reference} : nous l'avons bien reçue")
    }

    fn received_preheader(&self) -> &'static str {
        "Vérifiez les données que nous avons notées. Ceci n'est pas encore un contrat."
    }

    fn received_intro(&self, brand: &str, channel: Channel, date: &str) -> String {
        let by = match channel {
            Channel::Web => "sur notre site web",
            Channel::Phone => "par téléphone",
        };
        format!(
            "Merci pour votre demande chez {brand}, introduite {by} le {date}. Vous trouverez ci-dessous \
             toutes les données que nous avons notées."
        )
    }

    fn not_a_contract(&self) -> &'static str {
        "Ceci n'est pas un contrat. Cet e-mail confirme seulement que nous avons reçu votre demande."
    }

    fn written_yes_heading(&self) -> &'static str {
        "Votre confirmation écrite est nécessaire"
    }

    fn written_yes(&self) -> &'static str {
        "Vous avez fait votre demande par téléphone. Selon la loi du 3 mai 2024, vous n'êtes lié par un \
         contrat conclu par téléphone qu'après l'avoir confirmé par écrit. Vérifiez les données ci-dessous. \
         Si elles sont correctes et que vous souhaitez poursuivre, répondez à cet e-mail par les mots « \
         oui, je confirme ». Sans votre confirmation écrite, nous ne transmettons pas votre demande."
    }

    fn your_data_heading(&self) -> &'static str {
        "Vos données"
    }

    fn next_heading(&self) -> &'static str {
        "Et maintenant ?"
    }

    fn received_next(&self, energies: usize) -> Vec<String> {
        vec![
            "Nous vérifions vos données. S'il manque quelque chose, nous vous le demandons par e-mail."
                .to_owned(),
            match energies {
                1 => "Ensuite, le gestionnaire de réseau (GRD) traite la demande.".to_owned(),
                _ => "Ensuite, le gestionnaire de réseau (GRD) traite la demande, séparément pour chaque \
                      énergie."
                    .to_owned(),
            },
            "Dès qu'il l'a acceptée, nous vous envoyons la confirmation de votre contrat.".to_owned(),
        ]
    }

    fn wrong_heading(&self) -> &'static str {
        "Une donnée n'est pas correcte ?"
    }

    fn wrong(&self) -> &'static str {
        "Répondez simplement à cet e-mail en indiquant la bonne donnée."
    }

    fn not_you_heading(&self) -> &'static str {
        "Vous n'avez rien demandé ?"
    }

    fn not_you(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!("Répondez « je n'ai rien demandé »{or_call}. Nous arrêtons alors la demande.")
    }

    fn request_subject(&self, reference: &str, count: Count) -> String {
        match count {
            Count::One => format!("Votre demande {reference} : il nous manque une information"),
            Count::Several => format!("Votre demande {reference} : il nous manque quelques informations"),
        }
    }

    fn request_preheader(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Une question avant de pouvoir continuer. Répondez simplement à cet e-mail.",
            Count::Several => {
                "Quelques questions avant de pouvoir continuer. Répondez simplement à cet e-mail."
            }
        }
    }

    fn request_intro(&self, brand: &str, energies: &str, count: Count) -> String {
        let ask = match count {
            Count::One => "nous avons encore une question",
            Count::Several => "nous avons encore quelques questions",
        };
        format!("Merci pour votre demande chez {brand} ({energies}). Avant de pouvoir la traiter, {ask}.")
    }

    fn request_why(&self) -> &'static str {
        "Pourquoi ? Si une donnée manque ou n'est pas exacte, le gestionnaire de réseau peut refuser la \
         demande, ou la demande peut concerner le mauvais raccordement."
    }

    fn questions_heading(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Notre question",
            Count::Several => "Nos questions",
        }
    }

    fn how_heading(&self) -> &'static str {
        "Comment répondre ?"
    }

    fn how(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Répondez simplement à cet e-mail, dans vos propres mots.",
            Count::Several => {
                "Répondez simplement à cet e-mail, dans vos propres mots. Indiquez le numéro de la question \
                 devant chaque réponse. S'il vous manque une réponse, envoyez déjà les autres."
            }
        }
    }

    fn request_next(&self, until: &str) -> Vec<String> {
        vec![
            format!("Merci de répondre au plus tard le {until}."),
            "Dès que nous avons votre réponse, nous confirmons ce que nous avons noté et nous poursuivons \
             le traitement de votre demande."
                .to_owned(),
            "Sans réponse de votre part, votre demande reste en attente.".to_owned(),
        ]
    }

    fn really_us_heading(&self) -> &'static str {
        "Cet e-mail vient-il vraiment de nous ?"
    }

    fn really_us(&self, website: Option<&str>, phone: Option<&str>) -> String {
        let way = match (phone, website) {
            (Some(phone), Some(website)) => format!(
                "ne répondez pas, mais appelez-nous au {phone} ; vous \
                                        trouvez aussi ce numéro sur {website}"
            ),
            (Some(phone), None) => format!("ne répondez pas, mais appelez-nous au {phone}"),
            (None, Some(website)) => format!("ne répondez pas, mais contactez-nous par {website}"),
            (None, None) => "ne répondez pas, mais contactez-nous par une autre voie que vous connaissez \
                             déjà"
                .to_owned(),
        };
        format!(
            "Comparez la référence et l'adresse ci-dessous avec celles de votre confirmation d'inscription. \
             En cas de doute, {way}. Nous ne vous demandons jamais de mot de passe, de code bancaire ni de \
             paiement par e-mail."
        )
    }

    fn follow_up_subject(&self, reference: &str, count: Count) -> String {
        match count {
            Count::One => format!("Votre demande {reference} : encore une question"),
            Count::Several => format!("Votre demande {reference} : encore quelques questions"),
        }
    }

    fn follow_up_intro(&self, answered: bool, count: Count) -> String {
        let rest = match count {
            Count::One => "il nous manque encore une réponse",
            Count::Several => "il nous manque encore quelques réponses",
        };
        if answered {
            format!("Merci pour votre réponse. Pour pouvoir traiter votre demande, {rest}.")
        } else {
            format!("Nous vous avons écrit au sujet de votre demande. Pour pouvoir la traiter, {rest}.")
        }
    }

    fn noted_heading(&self) -> &'static str {
        "Ce que nous avons noté"
    }

    fn still_open_heading(&self) -> &'static str {
        "Ce qui reste à préciser"
    }

    fn acknowledgement_subject(&self, reference: &str) -> String {
        format!("Votre demande {reference} : vos données ont été adaptées")
    }

    fn acknowledgement_preheader(&self) -> &'static str {
        "Voici ce que nous avons noté. Si tout est correct, vous ne devez rien faire."
    }

    fn acknowledgement_intro(&self, by: CorrectedBy) -> &'static str {
        match by {
            CorrectedBy::Customer => {
                "Merci pour votre réponse. Nous avons maintenant toutes les informations nécessaires. Voici \
                 ce que nous avons noté."
            }
            CorrectedBy::Agent => "Nous avons adapté vos données comme suit.",
        }
    }

    fn acknowledgement_next(&self, written_yes: WrittenYes) -> Vec<String> {
        let mut next = vec!["Nous avons vérifié votre demande : tout est en ordre.".to_owned()];
        if written_yes == WrittenYes::Awaited {
            next.push(
                "Vous avez fait votre demande par téléphone : nous attendons encore votre confirmation \
                 écrite. Si vous souhaitez poursuivre, répondez à cet e-mail par les mots « oui, je \
                 confirme »."
                    .to_owned(),
            );
        }
        next.push(
            "Ensuite, nous la transmettons au gestionnaire de réseau (GRD). Dès qu'il l'a acceptée, nous \
             vous envoyons la confirmation de votre contrat."
                .to_owned(),
        );
        next
    }

    fn not_your_change(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Ces données ne viennent pas de vous, ou quelque chose n'est pas correct ? Dites-le-nous tout \
             de suite : répondez à cet e-mail{or_call}."
        )
    }

    fn contract_subject(&self, reference: &str) -> String {
        format!("Votre demande {reference} : confirmation de votre contrat")
    }

    fn contract_preheader(&self) -> &'static str {
        "Le gestionnaire de réseau a accepté votre demande. Conservez bien cet e-mail."
    }

    fn contract_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "Bonne nouvelle : le gestionnaire de réseau a accepté votre demande. Par la présente, nous \
             confirmons votre contrat avec {brand} ({energies}). Conservez bien cet e-mail."
        )
    }

    fn supplier_heading(&self) -> &'static str {
        "Votre fournisseur"
    }

    fn supply_heading(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => "Électricité",
            Energy::Gas => "Gaz naturel",
        }
    }

    fn contract_heading(&self) -> &'static str {
        "Votre contrat"
    }

    fn distributor_unknown(&self) -> &'static str {
        "le gestionnaire de réseau de votre commune ; son nom figure dans votre contrat"
    }

    fn see_tariff_card(&self) -> &'static str {
        "voir votre contrat et sa carte tarifaire"
    }

    fn see_contract(&self) -> &'static str {
        "voir votre contrat"
    }

    fn contract_copy(&self) -> &'static str {
        "Vous souhaitez recevoir une copie de votre contrat ? Répondez simplement à cet e-mail."
    }

    fn contract_attached(&self) -> &'static str {
        "Votre contrat complet se trouve en pièce jointe (PDF), avec le modèle de formulaire de rétractation. Conservez-le bien."
    }

    fn page_link(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Answer => "Répondre en ligne",
            Purpose::Confirm => "Confirmer ma demande en ligne",
            Purpose::Contract => "Voir mon contrat en ligne",
            Purpose::Withdraw => "Se rétracter en ligne",
        }
    }

    fn refused_energy(&self, energy: &str) -> String {
        format!(
            "Énergie non comprise : {energy}. Le gestionnaire de réseau n'a pas accepté cette partie de \
             votre demande ; elle ne fait pas partie de ce contrat."
        )
    }

    fn withdrawal_heading(&self) -> &'static str {
        "Votre droit de rétractation"
    }

    fn withdrawal(&self, until: &str, supplier: &str) -> Vec<String> {
        vec![
            format!(
                "Vous pouvez vous rétracter de ce contrat dans un délai de 14 jours calendrier, sans donner \
                 de motif et sans frais. Le délai commence le lendemain de la conclusion du contrat et \
                 court jusqu'au {until} inclus. Si ce jour est un samedi, un dimanche ou un jour férié, il \
                 court jusqu'au jour ouvrable suivant."
            ),
            format!(
                "Il suffit de nous le dire clairement avant la fin du délai : répondez à cet e-mail, \
                 appelez-nous ou écrivez à {supplier}. Vous pouvez utiliser le modèle ci-dessous, mais ce \
                 n'est pas obligatoire."
            ),
            "Si la fourniture a commencé pendant ce délai à votre demande expresse, vous payez uniquement \
             l'énergie fournie jusqu'à votre rétractation."
                .to_owned(),
        ]
    }

    fn withdrawal_form_heading(&self) -> &'static str {
        "Modèle de formulaire de rétractation"
    }

    fn withdrawal_form(&self, brand: &str, energies: &str, reference: &str) -> String {
        format!(
            "« À {brand} : je vous notifie par la présente ma rétractation du contrat de fourniture \
             ({energies}), référence {reference}. Nom, adresse, date et, sur papier, signature. »"
        )
    }

    fn complaints_heading(&self) -> &'static str {
        "Une plainte ?"
    }

    fn complaints(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Répondez à cet e-mail{or_call}. Si notre réponse ne vous satisfait pas, vous pouvez vous \
             adresser gratuitement au service de médiation ci-dessous."
        )
    }

    fn meter_reading(&self) -> &'static str {
        "Le gestionnaire de réseau vous demandera l'index de votre compteur autour de la date de début. \
         Communiquez-le directement au gestionnaire de réseau."
    }
}

fn or_call(phone: Option<&str>) -> String {
    phone
        .map(|phone| format!(" ou appelez-nous au {phone}"))
        .unwrap_or_default()
}
