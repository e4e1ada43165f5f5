//! How questions are put in German, and why.

use super::German;
use crate::letters::questions::Cause;
use crate::letters::words::{self, QuestionWords};
use crate::registration::{Field, Registration};

impl QuestionWords for German {
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
            Cause::EanLength(digits) => {
                format!("diese Nummer hat {digits} Ziffern, während ein EAN-Code 18 hat")
            }
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
            Cause::IbanCheck => {
                "darin steckt vermutlich ein Tippfehler: Die Prüfziffern stimmen nicht".to_owned()
            }
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
            Cause::EanRegion => match words::place(registration) {
                Some(place) => {
                    format!(
                        "Diese Nummer scheint zu einer anderen Region zu gehören als Ihre Adresse ({place})."
                    )
                }
                None => {
                    "Diese Nummer scheint zu einer anderen Region zu gehören als Ihre Adresse.".to_owned()
                }
            },
            Cause::PostalCodeMunicipality => match words::code_and_municipality(registration) {
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
}
