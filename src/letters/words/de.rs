//! German, as written in East Belgium.

use jiff::civil::Date;

use super::{Count, Label, Words};
use crate::letters::questions::Cause;
use crate::registration::{
    Channel, CorrectedBy, CustomerType, Energy, Field, Kind, Registration, WrittenYes,
};

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

    fn ask_missing(&self, _field: Field) -> String {
        "Diese Angabe fehlt in Ihrer Anmeldung. Können Sie sie uns mitteilen?".to_owned()
    }

    fn ask_invalid(&self, value: &str, fault: &str) -> String {
        format!(
            "Wir haben „{value}“ erhalten, aber {fault}. Können Sie das prüfen und uns die richtige Angabe \
             senden?"
        )
    }

    fn ask_again(&self, value: &str, fault: &str) -> String {
        format!(
            "Sie haben uns „{value}“ genannt, aber {fault}. Können Sie das prüfen und uns die richtige \
             Angabe senden?"
        )
    }

    fn ask_doubtful(&self, value: Option<&str>, doubt: Option<&str>) -> String {
        let noted = match value {
            Some(value) => format!("Wir haben „{value}“ notiert."),
            None => "Wir haben nichts notiert.".to_owned(),
        };
        match (value, doubt) {
            (Some(value), Some(doubt)) => {
                format!("{noted} {doubt} Ist „{value}“ richtig? Wenn nicht, wie lautet die richtige Angabe?")
            }
            (_, doubt) => {
                let doubt = doubt.map(|doubt| format!(" {doubt}")).unwrap_or_default();
                format!("{noted}{doubt} Ist das richtig? Wenn nicht, wie lautet die richtige Angabe?")
            }
        }
    }

    fn fault(&self, cause: &Cause) -> String {
        match cause {
            Cause::EanLength(0) => "ein EAN-Code besteht aus 18 Ziffern".to_owned(),
            Cause::EanLength(1) => "das ist 1 Ziffer, während ein EAN-Code 18 hat".to_owned(),
            Cause::EanLength(digits) => format!(
                "diese Nummer hat {digits} Ziffern, während ein EAN-Code 18 \
                                        hat"
            ),
            Cause::EanLetters => "ein EAN-Code besteht nur aus Ziffern (18)".to_owned(),
            Cause::EanCheckDigit => {
                "darin steckt vermutlich ein Tippfehler: Die Prüfziffer stimmt nicht".to_owned()
            }
            Cause::EanSameForBoth => {
                "diese Nummer steht sowohl bei Strom als auch bei Gas, obwohl jede Energie ihren eigenen \
                 EAN-Code hat"
                    .to_owned()
            }
            Cause::MeterNumberIsEan => "das ist ein EAN-Code und keine Zählernummer".to_owned(),
            Cause::MeterNumber => "das ist keine Zählernummer".to_owned(),
            Cause::PostalCodeUnknown => "diese Postleitzahl gibt es in Belgien nicht".to_owned(),
            Cause::HouseNumber => "das ist keine Hausnummer".to_owned(),
            Cause::DateInvalid => "das ist kein gültiges Datum".to_owned(),
            Cause::BirthDateFuture => "dieses Datum liegt in der Zukunft".to_owned(),
            Cause::Phone => "das ist keine gültige Telefonnummer".to_owned(),
            Cause::IbanCheck => "darin steckt vermutlich ein Tippfehler: Die Prüfziffern stimmen \
                                 nicht"
                .to_owned(),
            Cause::EanAbroad => "das ist eine Entnahmestelle in einem anderen Land: Ein belgischer EAN-Code \
                                 beginnt mit 54"
                .to_owned(),
            Cause::EanPrefix => "ein belgischer EAN-Code beginnt mit 54".to_owned(),
            Cause::PostalCodeForm => "eine belgische Postleitzahl besteht aus 4 Ziffern".to_owned(),
            Cause::HouseNumberWithBox => "darin steht vielleicht auch eine Briefkastennummer. Nennen Sie \
                                        Haus- und Briefkastennummer bitte getrennt"
                .to_owned(),
            Cause::DateAmbiguous => "das Jahr fehlt oder ist nicht eindeutig".to_owned(),
            Cause::PhoneLength => "diese Nummer hat für eine belgische Telefonnummer zu viele oder zu \
                                   wenige Ziffern"
                .to_owned(),
            Cause::IbanForm => "eine belgische Kontonummer (IBAN) besteht aus BE und 14 Ziffern".to_owned(),
            Cause::EnterpriseNumberForm => "eine Unternehmensnummer besteht aus 10 Ziffern, die erste ist 0 \
                                        oder 1"
                .to_owned(),
            Cause::EnterpriseNumberCheck => "darin steckt vermutlich ein Tippfehler: Die Prüfziffern \
                                        stimmen nicht"
                .to_owned(),
            Cause::TooLong => "das ist zu lang für diese Angabe".to_owned(),
            Cause::Email => "das ist keine gültige E-Mail-Adresse".to_owned(),
            _ => "diese Angabe scheint nicht gültig zu sein".to_owned(),
        }
    }

    fn doubt(&self, cause: &Cause, registration: &Registration) -> Option<String> {
        Some(match cause {
            Cause::EanFiller => "Diese Nummer sieht wie ein Beispiel aus.".to_owned(),
            Cause::EanRegion => match super::place(registration) {
                Some(place) => {
                    format!(
                        "Diese Nummer scheint zu einer anderen Region zu gehören als Ihre Adresse ({place})."
                    )
                }
                None => {
                    "Diese Nummer scheint zu einer anderen Region zu gehören als Ihre Adresse.".to_owned()
                }
            },
            Cause::PostalCodeMunicipality => match super::code_and_municipality(registration) {
                Some((code, municipality)) => {
                    format!(
                        "Die Postleitzahl „{code}“ und die Gemeinde „{municipality}“ passen nicht zusammen."
                    )
                }
                None => "Die Postleitzahl und die Gemeinde passen nicht zusammen.".to_owned(),
            },
            Cause::HouseNumberWithBox => "Vielleicht enthält sie auch eine Briefkastennummer.".to_owned(),
            Cause::StreetWithNumber => {
                "Vielleicht enthält sie auch eine Haus- oder Briefkastennummer.".to_owned()
            }
            Cause::NameTwice => "Vorname und Nachname sind gleich.".to_owned(),
            Cause::NameSpelling => "Vielleicht steckt darin ein Tippfehler.".to_owned(),
            Cause::NameUnlikely => "Das sieht nicht wie ein Name aus.".to_owned(),
            Cause::StartDatePast => "Dieses Datum liegt in der Vergangenheit.".to_owned(),
            Cause::BirthDateTooOld => "Dieses Datum liegt sehr weit zurück.".to_owned(),
            Cause::StartDateTooEarly => {
                "Ein Anbieterwechsel dauert in der Regel drei Wochen; dieses Datum liegt früher.".to_owned()
            }
            Cause::StartDateTooFar => "Dieses Datum liegt noch weit in der Zukunft.".to_owned(),
            Cause::EnterpriseNumberResidential => {
                "Sie haben sich als Privatkunde angemeldet, aber eine Unternehmensnummer angegeben."
                    .to_owned()
            }
            _ => return None,
        })
    }

    fn help(&self, field: Field) -> Option<&'static str> {
        match field {
            Field::ElectricityEan | Field::GasEan => Some(
                "Sie finden diesen 18-stelligen Code (er beginnt mit 54) oben auf Ihrer Energierechnung.",
            ),
            Field::ElectricityMeterNumber | Field::GasMeterNumber => {
                Some("Sie finden diese Nummer auf dem Zähler selbst und auf Ihrer Energierechnung.")
            }
            Field::EnterpriseNumber => Some(
                "Diese 10-stellige Nummer ist dieselbe wie Ihre Mehrwertsteuernummer. Sie steht zum \
                 Beispiel auf Ihren Rechnungen.",
            ),
            Field::Iban => Some(
                "Sie finden diese Nummer auf Ihrer Bankkarte oder auf Ihrem Kontoauszug. Zu Ihrer \
                 Sicherheit zeigen wir nur das Ende.",
            ),
            Field::DateOfBirth => Some("Bitte nennen Sie Tag, Monat und Jahr."),
            Field::StartDate => {
                Some("Bitte nennen Sie Tag, Monat und Jahr, ab denen wir Sie beliefern sollen.")
            }
            Field::Box => Some("Wenn es keine Briefkastennummer gibt, sagen Sie es uns einfach."),
            _ => None,
        }
    }

    fn instead_of_ean(&self) -> &'static str {
        "Sie finden ihn nicht? Dann senden Sie uns bitte die Zählernummer oder ein Foto der Rechnung."
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

    fn not_you(&self, phone: &str) -> String {
        format!(
            "Antworten Sie „ich habe nichts beantragt“ oder rufen Sie uns an: {phone}. Dann stoppen wir die \
             Anmeldung."
        )
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

    fn really_us(&self, website: &str, phone: &str) -> String {
        format!(
            "Vergleichen Sie die Referenz und die Adresse unten mit denen in Ihrer Anmeldebestätigung. Im \
             Zweifel antworten Sie nicht, sondern rufen uns an: {phone}; Sie finden diese Nummer auch auf \
             {website}. Wir fragen Sie nie per E-Mail nach einem Passwort, einem Bankcode oder einer Zahlung."
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

    fn not_your_change(&self, phone: &str) -> String {
        format!(
            "Diese Angaben kommen nicht von Ihnen, oder etwas ist nicht richtig? Sagen Sie es uns bitte \
             sofort: Antworten Sie auf diese E-Mail oder rufen Sie uns an: {phone}."
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

    fn refused_energy(&self, energy: &str) -> String {
        format!(
            "Nicht enthalten: {energy}. Der Netzbetreiber hat diesen Teil Ihrer Anmeldung nicht angenommen; \
             er gehört nicht zu diesem Vertrag."
        )
    }

    fn withdrawal_heading(&self) -> &'static str {
        "Ihr Widerrufsrecht"
    }

    fn withdrawal(&self, until: &str, brand: &str, seat: &str) -> Vec<String> {
        vec![
            format!(
                "Sie können diesen Vertrag innerhalb von 14 Kalendertagen ohne Angabe von Gründen und ohne \
                 Kosten widerrufen. Die Frist beginnt am Tag nach dem Vertragsabschluss und läuft bis \
                 einschließlich {until}. Fällt dieser Tag auf einen Samstag, Sonntag oder Feiertag, läuft \
                 sie bis zum nächsten Werktag."
            ),
            format!(
                "Dazu müssen Sie uns Ihren Widerruf vor Ablauf der Frist klar mitteilen: Antworten Sie auf \
                 diese E-Mail, rufen Sie uns an oder schreiben Sie an {brand}, {seat}. Sie können das \
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

    fn complaints(&self, phone: &str) -> String {
        format!(
            "Antworten Sie auf diese E-Mail oder rufen Sie uns an: {phone}. Wenn Sie mit unserer Antwort \
             nicht zufrieden sind, können Sie sich kostenlos an den unten genannten Ombudsdienst wenden."
        )
    }

    fn meter_reading(&self) -> &'static str {
        "Um den Lieferbeginn herum fragt der Netzbetreiber Sie nach Ihrem Zählerstand. Teilen Sie ihn bitte \
         direkt dem Netzbetreiber mit."
    }
}
