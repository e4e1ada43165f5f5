//! Dutch, as written in Belgium.

mod ends;
mod questions;

use jiff::civil::Date;

use super::{Count, Label, Words};
use crate::letters::token::Purpose;
use crate::registration::{Channel, CorrectedBy, CustomerType, Energy, Field, Kind, WrittenYes};

pub struct Dutch;

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

impl Words for Dutch {
    fn label(&self, field: Field) -> &'static str {
        match field {
            Field::FirstName => "Voornaam",
            Field::LastName => "Achternaam",
            Field::DateOfBirth => "Geboortedatum",
            Field::Email => "E-mailadres",
            Field::Phone => "Telefoonnummer",
            Field::CompanyName => "Naam van het bedrijf",
            Field::EnterpriseNumber => "Ondernemingsnummer",
            Field::Street => "Straat",
            Field::HouseNumber => "Huisnummer",
            Field::Box => "Busnummer",
            Field::PostalCode => "Postcode",
            Field::Municipality => "Gemeente",
            Field::ElectricityEan => "EAN-code elektriciteit",
            Field::GasEan => "EAN-code aardgas",
            Field::ElectricityMeterNumber => "Meternummer elektriciteit",
            Field::GasMeterNumber => "Meternummer aardgas",
            Field::Iban => "Rekeningnummer (IBAN)",
            Field::StartDate => "Startdatum",
        }
    }

    fn name_of(&self, label: Label) -> &'static str {
        match label {
            Label::SupplyAddress => "Leveringsadres",
            Label::Request => "Aanvraag",
            Label::CurrentSupplier => "Huidige leverancier",
            Label::Reference => "Referentie",
            Label::Supplier => "Leverancier",
            Label::Seat => "Zetel",
            Label::EnterpriseNumber => "Ondernemingsnummer",
            Label::Phone => "Telefoon",
            Label::Email => "E-mail",
            Label::Website => "Website",
            Label::Distributor => "Netbeheerder (DNB)",
            Label::StartOfSupply => "Start van de levering",
            Label::Ean => "EAN-code",
            Label::MeterNumber => "Meternummer",
            Label::Customer => "Klant",
            Label::DateOfConclusion => "Datum waarop het contract is gesloten",
            Label::Duration => "Duur, verlenging en einde",
            Label::Price => "Prijs en prijsformule",
            Label::Payment => "Betaling en voorschotten",
            Label::Compensation => "Kwaliteit van de dienst en vergoedingen",
            Label::BankAccount => "Opgegeven bankrekening",
            Label::Ombudsman => "Ombudsdienst",
        }
    }

    fn energy(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => "elektriciteit",
            Energy::Gas => "aardgas",
        }
    }

    fn energies(&self, energies: &[Energy]) -> String {
        super::join(self, energies, " en ")
    }

    fn date(&self, date: Date) -> String {
        format!(
            "{}\u{a0}{} {}",
            date.day(),
            super::month(&MONTHS, date),
            date.year()
        )
    }

    fn box_word(&self) -> &'static str {
        "bus"
    }

    fn not_given(&self) -> &'static str {
        "niet opgegeven"
    }

    fn request(&self, kind: Kind, customer_type: CustomerType, energies: &str) -> String {
        let kind = match kind {
            Kind::Switch => "verandering van leverancier",
            Kind::Move => "verhuizing",
        };
        let customer_type = match customer_type {
            CustomerType::Residential => "particuliere klant",
            CustomerType::Business => "professionele klant",
        };
        format!("{energies}, {kind}, {customer_type}")
    }

    fn greeting(&self, name: Option<&str>) -> String {
        match name {
            Some(name) => format!("Dag {name},"),
            None => "Beste klant,".to_owned(),
        }
    }

    fn closing(&self) -> &'static str {
        "Met vriendelijke groeten,"
    }

    fn footer(&self) -> &'static str {
        "Deze e-mail werd automatisch verstuurd. U kunt erop antwoorden: uw antwoord komt aan bij onze \
         klantendienst."
    }

    fn corrected(&self, old: Option<&str>, new: &str) -> String {
        match old {
            Some(old) => format!("{new} (voordien: {old})"),
            None => format!("{new} (toegevoegd)"),
        }
    }

    fn confirmed(&self, value: Option<&str>) -> String {
        match value {
            Some(value) => format!("{value} (bevestigd)"),
            None => "niets toe te voegen (bevestigd)".to_owned(),
        }
    }

    fn received_subject(&self, reference: &str) -> String {
        format!("Uw aanvraag {reference}: goed ontvangen")
    }

    fn received_preheader(&self) -> &'static str {
        "Kijk na welke gegevens we noteerden. Dit is nog geen contract."
    }

    fn received_intro(&self, brand: &str, channel: Channel, date: &str) -> String {
        let by = match channel {
            Channel::Web => "op onze website",
            Channel::Phone => "telefonisch",
        };
        format!(
            "Bedankt voor de aanvraag die u op {date} {by} deed bij {brand}. Hieronder vindt u alle \
             gegevens die we noteerden."
        )
    }

    fn not_a_contract(&self) -> &'static str {
        "Dit is geen contract. Deze e-mail bevestigt alleen dat we uw aanvraag ontvangen hebben."
    }

    fn written_yes_heading(&self) -> &'static str {
        "We hebben uw schriftelijke bevestiging nodig"
    }

    fn written_yes(&self) -> &'static str {
        "U deed uw aanvraag telefonisch. Volgens de wet van 3 mei 2024 bent u pas gebonden door een \
         contract dat telefonisch werd gesloten, nadat u het schriftelijk hebt bevestigd. Kijk de gegevens \
         hieronder na. Kloppen ze en wilt u verdergaan? Antwoord dan op deze e-mail met de woorden “ja, ik \
         bevestig”. Zonder uw schriftelijke bevestiging geven we uw aanvraag niet door."
    }

    fn your_data_heading(&self) -> &'static str {
        "Uw gegevens"
    }

    fn next_heading(&self) -> &'static str {
        "Wat gebeurt er nu?"
    }

    fn received_next(&self, energies: usize) -> Vec<String> {
        vec![
            "We kijken uw gegevens na. Ontbreekt er iets, dan vragen we het u per e-mail.".to_owned(),
            match energies {
                1 => "Daarna behandelt de netbeheerder de aanvraag.".to_owned(),
                _ => "Daarna behandelt de netbeheerder de aanvraag, voor elke energie apart.".to_owned(),
            },
            "Zodra de netbeheerder de aanvraag heeft aanvaard, sturen we u de bevestiging van uw contract."
                .to_owned(),
        ]
    }

    fn wrong_heading(&self) -> &'static str {
        "Klopt er iets niet?"
    }

    fn wrong(&self) -> &'static str {
        "Antwoord gewoon op deze e-mail met het juiste gegeven."
    }

    fn not_you_heading(&self) -> &'static str {
        "Hebt u niets aangevraagd?"
    }

    fn not_you(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!("Antwoord “ik heb niets aangevraagd”{or_call}. Dan stoppen we de aanvraag.")
    }

    fn request_subject(&self, reference: &str, count: Count) -> String {
        match count {
            Count::One => format!("Uw aanvraag {reference}: we hebben nog één gegeven nodig"),
            Count::Several => format!("Uw aanvraag {reference}: we hebben nog enkele gegevens nodig"),
        }
    }

    fn request_preheader(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Eén vraag voor we verder kunnen. U kunt gewoon op deze e-mail antwoorden.",
            Count::Several => "Enkele vragen voor we verder kunnen. U kunt gewoon op deze e-mail antwoorden.",
        }
    }

    fn request_intro(&self, brand: &str, energies: &str, count: Count) -> String {
        let ask = match count {
            Count::One => "hebben we nog één vraag",
            Count::Several => "hebben we nog enkele vragen",
        };
        format!("Bedankt voor uw aanvraag bij {brand} ({energies}). Voor we ze kunnen verwerken, {ask}.")
    }

    fn request_why(&self) -> &'static str {
        "Waarom? Als een gegeven ontbreekt of niet juist is, kan de netbeheerder de aanvraag weigeren, of \
         kan ze over de verkeerde aansluiting gaan."
    }

    fn questions_heading(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Onze vraag",
            Count::Several => "Onze vragen",
        }
    }

    fn how_heading(&self) -> &'static str {
        "Hoe antwoordt u?"
    }

    fn how(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Antwoord gewoon op deze e-mail, in uw eigen woorden.",
            Count::Several => {
                "Antwoord gewoon op deze e-mail, in uw eigen woorden. Zet voor elk antwoord het nummer van \
                 de vraag. Hebt u nog niet alle antwoorden? Stuur dan alvast de andere."
            }
        }
    }

    fn request_next(&self, until: &str) -> Vec<String> {
        vec![
            format!("We ontvangen uw antwoord graag uiterlijk op {until}."),
            "Zodra we uw antwoord hebben, bevestigen we wat we noteerden en behandelen we uw aanvraag verder."
                .to_owned(),
            "Zolang we geen antwoord hebben, blijft uw aanvraag wachten.".to_owned(),
        ]
    }

    fn really_us_heading(&self) -> &'static str {
        "Komt deze e-mail echt van ons?"
    }

    fn really_us(&self, website: Option<&str>, phone: Option<&str>) -> String {
        let way = match (phone, website) {
            (Some(phone), Some(website)) => format!(
                "Antwoord dan niet, maar bel ons op {phone}; u vindt \
                                        dit nummer ook op {website}"
            ),
            (Some(phone), None) => format!("Antwoord dan niet, maar bel ons op {phone}"),
            (None, Some(website)) => format!("Antwoord dan niet, maar neem contact met ons op via {website}"),
            (None, None) => "Antwoord dan niet, maar neem contact met ons op langs een andere weg die u al \
                             kent"
                .to_owned(),
        };
        format!(
            "Vergelijk de referentie en het adres hieronder met die in de bevestiging van uw inschrijving. \
             Twijfelt u? {way}. We vragen u nooit per e-mail om een wachtwoord, een bankcode of een betaling."
        )
    }

    fn follow_up_subject(&self, reference: &str, count: Count) -> String {
        match count {
            Count::One => format!("Uw aanvraag {reference}: nog één vraag"),
            Count::Several => format!("Uw aanvraag {reference}: nog enkele vragen"),
        }
    }

    fn follow_up_intro(&self, answered: bool, count: Count) -> String {
        let rest = match count {
            Count::One => "hebben we nog één antwoord nodig",
            Count::Several => "hebben we nog enkele antwoorden nodig",
        };
        if answered {
            format!("Bedankt voor uw antwoord. Om uw aanvraag te kunnen verwerken, {rest}.")
        } else {
            format!("We schreven u over uw aanvraag. Om ze te kunnen verwerken, {rest}.")
        }
    }

    fn noted_heading(&self) -> &'static str {
        "Dit hebben we genoteerd"
    }

    fn still_open_heading(&self) -> &'static str {
        "Dit hebben we nog nodig"
    }

    fn acknowledgement_subject(&self, reference: &str) -> String {
        format!("Uw aanvraag {reference}: uw gegevens zijn aangepast")
    }

    fn acknowledgement_preheader(&self) -> &'static str {
        "Dit hebben we genoteerd. Klopt alles, dan hoeft u niets te doen."
    }

    fn acknowledgement_intro(&self, by: CorrectedBy) -> &'static str {
        match by {
            CorrectedBy::Customer => {
                "Bedankt voor uw antwoord. We hebben nu alle nodige gegevens. Dit hebben we genoteerd."
            }
            CorrectedBy::Agent => "We hebben uw gegevens aangepast. Dit hebben we genoteerd.",
        }
    }

    fn acknowledgement_next(&self, written_yes: WrittenYes) -> Vec<String> {
        let mut next = vec!["We hebben uw aanvraag nagekeken: alles is in orde.".to_owned()];
        if written_yes == WrittenYes::Awaited {
            next.push(
                "U deed uw aanvraag telefonisch: we wachten nog op uw schriftelijke bevestiging. Wilt u \
                 verdergaan? Antwoord dan op deze e-mail met de woorden “ja, ik bevestig”."
                    .to_owned(),
            );
        }
        next.push(
            "Daarna geven we ze door aan de netbeheerder. Zodra die ze heeft aanvaard, sturen we u de \
             bevestiging van uw contract."
                .to_owned(),
        );
        next
    }

    fn not_your_change(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Komen deze gegevens niet van u, of klopt er iets niet? Laat het ons meteen weten: antwoord op \
             deze e-mail{or_call}."
        )
    }

    fn contract_subject(&self, reference: &str) -> String {
        format!("Uw aanvraag {reference}: bevestiging van uw contract")
    }

    fn contract_preheader(&self) -> &'static str {
        "De netbeheerder heeft uw aanvraag aanvaard. Bewaar deze e-mail goed."
    }

    fn contract_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "Goed nieuws: de netbeheerder heeft uw aanvraag aanvaard. Hiermee bevestigen we uw contract met \
             {brand} ({energies}). Bewaar deze e-mail goed."
        )
    }

    fn supplier_heading(&self) -> &'static str {
        "Uw leverancier"
    }

    fn supply_heading(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => "Elektriciteit",
            Energy::Gas => "Aardgas",
        }
    }

    fn contract_heading(&self) -> &'static str {
        "Uw contract"
    }

    fn distributor_unknown(&self) -> &'static str {
        "de netbeheerder van uw gemeente; de naam staat in uw contract"
    }

    fn see_tariff_card(&self) -> &'static str {
        "zie uw contract en de tariefkaart"
    }

    fn see_contract(&self) -> &'static str {
        "zie uw contract"
    }

    fn contract_copy(&self) -> &'static str {
        "Wilt u een kopie van uw contract? Antwoord dan gewoon op deze e-mail."
    }

    fn contract_attached(&self) -> &'static str {
        "Uw volledige contract vindt u als bijlage (pdf), samen met het modelformulier voor herroeping. Bewaar het goed."
    }

    fn page_link(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Answer => "Online antwoorden",
            Purpose::Confirm => "Mijn aanvraag online bevestigen",
            Purpose::Contract => "Mijn contract online bekijken",
            Purpose::Withdraw => "Online herroepen",
        }
    }

    fn refused_energy(&self, energy: &str) -> String {
        format!(
            "Niet inbegrepen: {energy}. De netbeheerder heeft dit deel van uw aanvraag niet aanvaard; het \
             maakt geen deel uit van dit contract."
        )
    }

    fn withdrawal_heading(&self) -> &'static str {
        "Uw herroepingsrecht"
    }

    fn withdrawal(&self, until: &str, supplier: &str) -> Vec<String> {
        vec![
            format!(
                "U kunt dit contract binnen 14 kalenderdagen herroepen, zonder een reden te geven en zonder \
                 kosten. De termijn begint op de dag na het sluiten van het contract en loopt tot en met \
                 {until}. Is dat een zaterdag, een zondag of een feestdag, dan loopt hij tot de \
                 eerstvolgende werkdag."
            ),
            format!(
                "Laat het ons duidelijk weten voor de termijn voorbij is: antwoord op deze e-mail, bel ons \
                 of schrijf naar {supplier}. U mag het model hieronder gebruiken, maar dat hoeft niet."
            ),
            "Is de levering op uw uitdrukkelijk verzoek al tijdens die termijn begonnen, dan betaalt u \
             alleen de energie die tot aan de herroeping werd geleverd."
                .to_owned(),
        ]
    }

    fn withdrawal_form_heading(&self) -> &'static str {
        "Modelformulier voor herroeping"
    }

    fn withdrawal_form(&self, brand: &str, energies: &str, reference: &str) -> String {
        format!(
            "“Aan {brand}: hierbij deel ik u mee dat ik mijn leveringscontract ({energies}), referentie \
             {reference}, herroep. Naam, adres, datum en, op papier, handtekening.”"
        )
    }

    fn complaints_heading(&self) -> &'static str {
        "Een klacht?"
    }

    fn complaints(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Antwoord op deze e-mail{or_call}. Bent u niet tevreden met ons antwoord, dan kunt u gratis \
             terecht bij de ombudsdienst hieronder."
        )
    }

    fn meter_reading(&self) -> &'static str {
        "Rond de startdatum vraagt de netbeheerder uw meterstand. Geef die rechtstreeks door aan de \
         netbeheerder."
    }
}

fn or_call(phone: Option<&str>) -> String {
    phone
        .map(|phone| format!(" of bel ons op {phone}"))
        .unwrap_or_default()
}
