//! German, as written in East Belgium.

mod ends;
mod questions;

use jiff::civil::Date;

use super::{Count, Label, Words};
use crate::letters::token::Purpose;
use crate::registration::{Channel, CorrectedBy, CustomerType, Energy, Field, Kind, WrittenYes};

pub struct German;

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

impl Words for German {
    fn label(&self, field: Field) -> &'static str {
        match field {
            Field::FirstName => "Vorname",
            Field::LastName => "Nachname",
            Field::DateOfBirth => "Geburtsdatum",
            Field::Email => "E-Mail-Adresse",
            Field::Phone => "Telefonnummer",
            Field::CompanyName => "Name des Unternehmens",
            Field::EnterpriseNumber => "Unternehmensnummer",
            Field::Street => "Straße",
            Field::HouseNumber => "Hausnummer",
            Field::Box => "Briefkastennummer",
            Field::PostalCode => "Postleitzahl",
            Field::Municipality => "Gemeinde",
            Field::ElectricityEan => "EAN-Code Strom",
            Field::GasEan => "EAN-Code Gas",
            Field::ElectricityMeterNumber => "Zählernummer Strom",
            Field::GasMeterNumber => "Zählernummer Gas",
            Field::Iban => "Kontonummer (IBAN)",
            Field::StartDate => "Lieferbeginn",
        }
    }

    fn name_of(&self, label: Label) -> &'static str {
        match label {
            Label::SupplyAddress => "Lieferadresse",
            Label::Request => "Anmeldung",
            Label::CurrentSupplier => "Aktueller Anbieter",
            Label::Reference => "Referenz",
            Label::Supplier => "Energieversorger",
            Label::Seat => "Sitz",
            Label::EnterpriseNumber => "Unternehmensnummer",
            Label::Phone => "Telefon",
            Label::Email => "E-Mail",
            Label::Website => "Website",
            Label::Distributor => "Netzbetreiber (VNB)",
            Label::StartOfSupply => "Lieferbeginn",
            Label::Ean => "EAN-Code",
            Label::MeterNumber => "Zählernummer",
            Label::Customer => "Kunde",
            Label::DateOfConclusion => "Datum des Vertragsabschlusses",
            Label::Duration => "Laufzeit, Verlängerung und Ende",
            Label::Price => "Preis und Preisformel",
            Label::Payment => "Zahlung und Abschläge",
            Label::Compensation => "Qualität der Leistung und Entschädigungen",
            Label::BankAccount => "Angegebenes Bankkonto",
            Label::Ombudsman => "Ombudsdienst",
        }
    }

    fn energy(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => "Strom",
            Energy::Gas => "Erdgas",
        }
    }

    fn energies(&self, energies: &[Energy]) -> String {
        super::join(self, energies, " und ")
    }

    fn date(&self, date: Date) -> String {
        format!(
            "{}.\u{a0}{} {}",
            date.day(),
            super::month(&MONTHS, date),
            date.year()
        )
    }

    fn short_date(&self, date: Date) -> String {
        date.strftime("%d.%m.%Y").to_string()
    }

    fn box_word(&self) -> &'static str {
        "Bfk."
    }

    fn not_given(&self) -> &'static str {
        "nicht angegeben"
    }

    fn request(&self, kind: Kind, customer_type: CustomerType, energies: &str) -> String {
        let kind = match kind {
            Kind::Switch => "Anbieterwechsel",
            Kind::Move => "Umzug",
        };
        let customer_type = match customer_type {
            CustomerType::Residential => "Privatkunde",
            CustomerType::Business => "Geschäftskunde",
        };
        format!("{energies}, {kind}, {customer_type}")
    }

    fn greeting(&self, name: Option<&str>) -> String {
        match name {
            Some(name) => format!("Guten Tag {name},"),
            None => "Guten Tag,".to_owned(),
        }
    }

    fn closing(&self) -> &'static str {
        "Mit freundlichen Grüßen"
    }

    fn footer(&self) -> &'static str {
        "Diese E-Mail wurde automatisch versandt. Sie können darauf antworten: Ihre Antwort erreicht \
         unseren Kundendienst."
    }

    fn corrected(&self, old: Option<&str>, new: &str) -> String {
        match old {
            Some(old) => format!("{new} (bisher: {old})"),
            None => format!("{new} (ergänzt)"),
        }
    }

    fn confirmed(&self, value: Option<&str>) -> String {
        match value {
            Some(value) => format!("{value} (bestätigt)"),
            None => "nichts zu ergänzen (bestätigt)".to_owned(),
        }
    }

    fn received_subject(&self, reference: &str) -> String {
        format!("Ihre Anmeldung {reference}: Wir haben sie erhalten")
    }

    fn received_preheader(&self) -> &'static str {
        "Bitte prüfen Sie die Angaben, die wir notiert haben. Dies ist noch kein Vertrag."
    }

    fn received_intro(&self, brand: &str, channel: Channel, date: &str) -> String {
        let by = match channel {
            Channel::Web => "auf unserer Website",
            Channel::Phone => "telefonisch",
        };
        format!(
            "Vielen Dank für Ihre Anmeldung bei {brand}, die Sie am {date} {by} vorgenommen haben. \
             Nachstehend finden Sie alle Angaben, die wir notiert haben."
        )
    }

    fn not_a_contract(&self) -> &'static str {
        "Dies ist kein Vertrag. Diese E-Mail bestätigt nur, dass wir Ihre Anmeldung erhalten haben."
    }

    fn written_yes_heading(&self) -> &'static str {
        "Wir benötigen Ihre schriftliche Bestätigung"
    }

    fn written_yes(&self) -> &'static str {
        "Sie haben sich telefonisch angemeldet. Nach dem Gesetz vom 3. Mai 2024 sind Sie an einen \
         telefonisch geschlossenen Vertrag erst gebunden, wenn Sie ihn schriftlich bestätigt haben. Bitte \
         prüfen Sie die nachstehenden Angaben. Wenn sie richtig sind und Sie fortfahren möchten, antworten \
         Sie auf diese E-Mail mit den Worten „ja, ich bestätige“. Ohne Ihre schriftliche Bestätigung leiten \
         wir Ihre Anmeldung nicht weiter."
    }

    fn your_data_heading(&self) -> &'static str {
        "Ihre Angaben"
    }

    fn next_heading(&self) -> &'static str {
        "Wie geht es weiter?"
    }

    fn received_next(&self, energies: usize) -> Vec<String> {
        vec![
            "Wir prüfen Ihre Angaben. Wenn etwas fehlt, fragen wir per E-Mail nach.".to_owned(),
            match energies {
                1 => "Danach bearbeitet der Netzbetreiber die Anmeldung.".to_owned(),
                _ => {
                    "Danach bearbeitet der Netzbetreiber die Anmeldung, für jede Energie getrennt.".to_owned()
                }
            },
            "Sobald er sie angenommen hat, senden wir Ihnen die Bestätigung Ihres Vertrags.".to_owned(),
        ]
    }

    fn wrong_heading(&self) -> &'static str {
        "Ist etwas nicht richtig?"
    }

    fn wrong(&self) -> &'static str {
        "Antworten Sie einfach mit der richtigen Angabe auf diese E-Mail."
    }

    fn not_you_heading(&self) -> &'static str {
        "Sie haben nichts beantragt?"
    }

    fn not_you(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!("Antworten Sie „ich habe nichts beantragt“{or_call}. Dann stoppen wir die Anmeldung.")
    }

    fn request_subject(&self, reference: &str, count: Count) -> String {
        match count {
            Count::One => format!("Ihre Anmeldung {reference}: Uns fehlt noch eine Angabe"),
            Count::Several => format!("Ihre Anmeldung {reference}: Uns fehlen noch einige Angaben"),
        }
    }

    fn request_preheader(&self, count: Count) -> &'static str {
        match count {
            Count::One => {
                "Eine Frage, bevor wir weitermachen können. Antworten Sie einfach auf diese E-Mail."
            }
            Count::Several => {
                "Einige Fragen, bevor wir weitermachen können. Antworten Sie einfach auf diese E-Mail."
            }
        }
    }

    fn request_intro(&self, brand: &str, energies: &str, count: Count) -> String {
        let ask = match count {
            Count::One => "haben wir noch eine Frage",
            Count::Several => "haben wir noch einige Fragen",
        };
        format!(
            "Vielen Dank für Ihre Anmeldung bei {brand} ({energies}). Bevor wir sie bearbeiten können, {ask}."
        )
    }

    fn request_why(&self) -> &'static str {
        "Warum? Wenn eine Angabe fehlt oder nicht stimmt, kann der Netzbetreiber die Anmeldung ablehnen, \
         oder sie betrifft den falschen Anschluss."
    }

    fn questions_heading(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Unsere Frage",
            Count::Several => "Unsere Fragen",
        }
    }

    fn how_heading(&self) -> &'static str {
        "Wie antworten Sie?"
    }

    fn how(&self, count: Count) -> &'static str {
        match count {
            Count::One => "Antworten Sie einfach in Ihren eigenen Worten auf diese E-Mail.",
            Count::Several => {
                "Antworten Sie einfach in Ihren eigenen Worten auf diese E-Mail. Schreiben Sie vor jede \
                 Antwort die Nummer der Frage. Wenn Ihnen noch eine Antwort fehlt, senden Sie uns schon die \
                 anderen."
            }
        }
    }

    fn request_next(&self, until: &str) -> Vec<String> {
        vec![
            format!("Bitte antworten Sie bis spätestens {until}."),
            "Sobald wir Ihre Antwort haben, bestätigen wir, was wir notiert haben, und bearbeiten Ihre \
             Anmeldung weiter."
                .to_owned(),
            "Solange wir keine Antwort haben, ruht Ihre Anmeldung.".to_owned(),
        ]
    }

    fn really_us_heading(&self) -> &'static str {
        "Kommt diese E-Mail wirklich von uns?"
    }

    fn really_us(&self, website: Option<&str>, phone: Option<&str>) -> String {
        let way = match (phone, website) {
            (Some(phone), Some(website)) => format!(
                "antworten Sie nicht, sondern rufen uns an: {phone}; \
                                        Sie finden diese Nummer auch auf {website}"
            ),
            (Some(phone), None) => format!("antworten Sie nicht, sondern rufen uns an: {phone}"),
            (None, Some(website)) => format!(
                "antworten Sie nicht, sondern wenden Sie sich über {website} \
                                        an uns"
            ),
            (None, None) => "antworten Sie nicht, sondern wenden Sie sich auf einem anderen, Ihnen schon \
                             bekannten Weg an uns"
                .to_owned(),
        };
        format!(
            "Vergleichen Sie die Referenz und die Adresse unten mit denen in Ihrer Anmeldebestätigung. Im \
             Zweifel {way}. Wir fragen Sie nie per E-Mail nach einem Passwort, einem Bankcode oder einer \
             Zahlung."
        )
    }

    fn follow_up_subject(&self, reference: &str, count: Count) -> String {
        match count {
            Count::One => format!("Ihre Anmeldung {reference}: Noch eine Frage"),
            Count::Several => format!("Ihre Anmeldung {reference}: Noch einige Fragen"),
        }
    }

    fn follow_up_intro(&self, answered: bool, count: Count) -> String {
        let rest = match count {
            Count::One => "brauchen wir noch eine Antwort",
            Count::Several => "brauchen wir noch einige Antworten",
        };
        if answered {
            format!("Vielen Dank für Ihre Antwort. Um Ihre Anmeldung bearbeiten zu können, {rest}.")
        } else {
            format!("Wir haben Ihnen wegen Ihrer Anmeldung geschrieben. Um sie bearbeiten zu können, {rest}.")
        }
    }

    fn noted_heading(&self) -> &'static str {
        "Das haben wir notiert"
    }

    fn still_open_heading(&self) -> &'static str {
        "Das ist noch offen"
    }

    fn acknowledgement_subject(&self, reference: &str) -> String {
        format!("Ihre Anmeldung {reference}: Ihre Angaben wurden angepasst")
    }

    fn acknowledgement_preheader(&self) -> &'static str {
        "Das haben wir notiert. Wenn alles richtig ist, brauchen Sie nichts zu tun."
    }

    fn acknowledgement_intro(&self, by: CorrectedBy) -> &'static str {
        match by {
            CorrectedBy::Customer => {
                "Vielen Dank für Ihre Antwort. Wir haben jetzt alle nötigen Angaben. Das haben wir notiert."
            }
            CorrectedBy::Agent => "Wir haben Ihre Angaben angepasst. Das haben wir notiert.",
        }
    }

    fn acknowledgement_next(&self, written_yes: WrittenYes) -> Vec<String> {
        let mut next = vec!["Wir haben Ihre Anmeldung geprüft: Alles ist in Ordnung.".to_owned()];
        if written_yes == WrittenYes::Awaited {
            next.push(
                "Sie haben sich telefonisch angemeldet: Wir warten noch auf Ihre schriftliche Bestätigung. \
                 Wenn Sie fortfahren möchten, antworten Sie auf diese E-Mail mit den Worten „ja, ich \
                 bestätige“."
                    .to_owned(),
            );
        }
        next.push(
            "Danach leiten wir sie an den Netzbetreiber weiter. Sobald er sie angenommen hat, senden wir \
             Ihnen die Bestätigung Ihres Vertrags."
                .to_owned(),
        );
        next
    }

    fn not_your_change(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Diese Angaben kommen nicht von Ihnen, oder etwas ist nicht richtig? Sagen Sie es uns bitte \
             sofort: Antworten Sie auf diese E-Mail{or_call}."
        )
    }

    fn contract_subject(&self, reference: &str) -> String {
        format!("Ihre Anmeldung {reference}: Bestätigung Ihres Vertrags")
    }

    fn contract_preheader(&self) -> &'static str {
        "Der Netzbetreiber hat Ihre Anmeldung angenommen. Bitte bewahren Sie diese E-Mail gut auf."
    }

    fn contract_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "Gute Nachrichten: Der Netzbetreiber hat Ihre Anmeldung angenommen. Hiermit bestätigen wir \
             Ihren Vertrag mit {brand} ({energies}). Bitte bewahren Sie diese E-Mail gut auf."
        )
    }

    fn supplier_heading(&self) -> &'static str {
        "Ihr Energieversorger"
    }

    fn supply_heading(&self, energy: Energy) -> &'static str {
        match energy {
            Energy::Electricity => "Strom",
            Energy::Gas => "Erdgas",
        }
    }

    fn contract_heading(&self) -> &'static str {
        "Ihr Vertrag"
    }

    fn distributor_unknown(&self) -> &'static str {
        "der Netzbetreiber Ihrer Gemeinde; sein Name steht in Ihrem Vertrag"
    }

    fn see_tariff_card(&self) -> &'static str {
        "siehe Ihren Vertrag und das Tarifblatt"
    }

    fn see_contract(&self) -> &'static str {
        "siehe Ihren Vertrag"
    }

    fn contract_copy(&self) -> &'static str {
        "Sie möchten eine Kopie Ihres Vertrags? Antworten Sie einfach auf diese E-Mail."
    }

    fn contract_attached(&self) -> &'static str {
        "Ihren vollständigen Vertrag finden Sie im Anhang (PDF), zusammen mit dem Muster-Widerrufsformular. Bewahren Sie ihn gut auf."
    }

    fn page_link(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Answer => "Online antworten",
            Purpose::Confirm => "Meinen Antrag online bestätigen",
            Purpose::Contract => "Meinen Vertrag online ansehen",
            Purpose::Withdraw => "Online widerrufen",
        }
    }

    fn refused_energy(&self, energy: &str) -> String {
        format!(
            "Nicht enthalten: {energy}. Der Netzbetreiber hat diesen Teil Ihrer Anmeldung nicht angenommen; \
             er gehört nicht zu diesem Vertrag."
        )
    }

    fn withdrawal_heading(&self) -> &'static str {
        "Ihr Widerrufsrecht"
    }

    fn withdrawal(&self, until: &str, supplier: &str) -> Vec<String> {
        vec![
            format!(
                "Sie können diesen Vertrag innerhalb von 14 Kalendertagen ohne Angabe von Gründen und ohne \
                 Kosten widerrufen. Die Frist beginnt am Tag nach dem Vertragsabschluss und läuft bis \
                 einschließlich {until}. Fällt dieser Tag auf einen Samstag, Sonntag oder Feiertag, läuft \
                 sie bis zum nächsten Werktag."
            ),
            format!(
                "Dazu müssen Sie uns Ihren Widerruf vor Ablauf der Frist klar mitteilen: Antworten Sie auf \
                 diese E-Mail, rufen Sie uns an oder schreiben Sie an {supplier}. Sie können das \
                 nachstehende Muster verwenden, müssen es aber nicht."
            ),
            "Hat die Lieferung auf Ihren ausdrücklichen Wunsch schon während dieser Frist begonnen, zahlen \
             Sie nur die bis zum Widerruf gelieferte Energie."
                .to_owned(),
        ]
    }

    fn withdrawal_form_heading(&self) -> &'static str {
        "Muster-Widerrufsformular"
    }

    fn withdrawal_form(&self, brand: &str, energies: &str, reference: &str) -> String {
        format!(
            "„An {brand}: Hiermit widerrufe ich meinen Liefervertrag ({energies}), Referenz {reference}. \
             Name, Adresse, Datum und, auf Papier, Unterschrift.“"
        )
    }

    fn complaints_heading(&self) -> &'static str {
        "Eine Beschwerde?"
    }

    fn complaints(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Antworten Sie auf diese E-Mail{or_call}. Wenn Sie mit unserer Antwort nicht zufrieden sind, \
             können Sie sich kostenlos an den unten genannten Ombudsdienst wenden."
        )
    }

    fn meter_reading(&self) -> &'static str {
        "Um den Lieferbeginn herum fragt der Netzbetreiber Sie nach Ihrem Zählerstand. Teilen Sie ihn bitte \
         direkt dem Netzbetreiber mit."
    }
}

fn or_call(phone: Option<&str>) -> String {
    phone
        .map(|phone| format!(" oder rufen Sie uns an: {phone}"))
        .unwrap_or_default()
}
