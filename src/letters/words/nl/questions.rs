//! How questions are put in Dutch, and why.

use super::Dutch;
use crate::letters::questions::Cause;
use crate::letters::words::{self, QuestionWords};
use crate::registration::{Field, Registration};

impl QuestionWords for Dutch {
    fn ask_missing(&self, _field: Field) -> String {
        "dit gegeven ontbreekt in uw aanvraag. Kunt u het ons bezorgen?".to_owned()
    }

    fn ask_invalid(&self, value: &str, fault: &str) -> String {
        format!(
            "we ontvingen “{value}”, maar {fault}. Kunt u dit nakijken en ons het juiste gegeven bezorgen?"
        )
    }

    fn ask_again(&self, value: &str, fault: &str) -> String {
        format!(
            "u antwoordde “{value}”, maar {fault}. Kunt u dit nakijken en ons het juiste gegeven bezorgen?"
        )
    }

    fn ask_doubtful(&self, value: Option<&str>, doubt: Option<&str>) -> String {
        let noted = match value {
            Some(value) => format!("we noteerden “{value}”."),
            None => "we noteerden niets.".to_owned(),
        };
        match (value, doubt) {
            (Some(value), Some(doubt)) => {
                format!("{noted} {doubt} Is “{value}” juist? Zo niet, wat is het juiste gegeven?")
            }
            (_, doubt) => {
                let doubt = doubt.map(|doubt| format!(" {doubt}")).unwrap_or_default();
                format!("{noted}{doubt} Klopt dat? Zo niet, wat is het juiste gegeven?")
            }
        }
    }

    fn fault(&self, cause: &Cause) -> String {
        match cause {
            Cause::EanLength(0) => "een EAN-code bestaat uit 18 cijfers".to_owned(),
            Cause::EanLength(1) => "dat is 1 cijfer, terwijl een EAN-code er 18 telt".to_owned(),
            Cause::EanLength(digits) => {
                format!("dat nummer telt {digits} cijfers, terwijl een EAN-code er 18 telt")
            }
            Cause::EanLetters => "een EAN-code bestaat alleen uit cijfers (18)".to_owned(),
            Cause::EanCheckDigit => {
                "er zit waarschijnlijk een tikfout in: het controlecijfer klopt niet".to_owned()
            }
            Cause::EanSameForBoth => {
                "dat nummer staat zowel bij elektriciteit als bij aardgas, terwijl elke energie een eigen \
                 EAN-code heeft"
                    .to_owned()
            }
            Cause::MeterNumberIsEan => "dat is een EAN-code en geen meternummer".to_owned(),
            Cause::MeterNumber => "dat is geen meternummer".to_owned(),
            Cause::PostalCodeUnknown => "die postcode bestaat niet in België".to_owned(),
            Cause::HouseNumber => "dat is geen huisnummer".to_owned(),
            Cause::DateInvalid => "dat is geen geldige datum".to_owned(),
            Cause::BirthDateFuture => "die datum ligt in de toekomst".to_owned(),
            Cause::Phone => "dat is geen geldig telefoonnummer".to_owned(),
            Cause::IbanCheck => {
                "er zit waarschijnlijk een tikfout in: de controlecijfers kloppen niet".to_owned()
            }
            Cause::EanAbroad => "dat is een leveringspunt in een ander land: een Belgische EAN-code begint \
                                 met 54"
                .to_owned(),
            Cause::EanPrefix => "een Belgische EAN-code begint met 54".to_owned(),
            Cause::PostalCodeForm => "een Belgische postcode bestaat uit 4 cijfers".to_owned(),
            Cause::HouseNumberWithBox => "misschien staat er ook een busnummer in. Schrijf huisnummer en \
                                        busnummer apart"
                .to_owned(),
            Cause::DateAmbiguous => "het jaar ontbreekt of is niet duidelijk".to_owned(),
            Cause::PhoneLength => "dat nummer heeft te veel of te weinig cijfers voor een Belgisch \
                                   telefoonnummer"
                .to_owned(),
            Cause::IbanForm => "een Belgisch rekeningnummer (IBAN) bestaat uit BE en 14 cijfers".to_owned(),
            Cause::EnterpriseNumberForm => "een ondernemingsnummer bestaat uit 10 cijfers, waarvan het \
                                        eerste 0 of 1 is"
                .to_owned(),
            Cause::EnterpriseNumberCheck => "er zit waarschijnlijk een tikfout in: de controlecijfers \
                                        kloppen niet"
                .to_owned(),
            Cause::TooLong => "dat is te lang voor dit gegeven".to_owned(),
            Cause::Email => "dat is geen geldig e-mailadres".to_owned(),
            _ => "dat lijkt geen geldig gegeven te zijn".to_owned(),
        }
    }

    fn doubt(&self, cause: &Cause, registration: &Registration) -> Option<String> {
        Some(match cause {
            Cause::EanFiller => "Dit nummer lijkt op een voorbeeld.".to_owned(),
            Cause::EanRegion => match words::place(registration) {
                Some(place) => {
                    format!("Dit nummer lijkt bij een ander gewest te horen dan uw adres ({place}).")
                }
                None => "Dit nummer lijkt bij een ander gewest te horen dan uw adres.".to_owned(),
            },
            Cause::PostalCodeMunicipality => match words::code_and_municipality(registration) {
                Some((code, municipality)) => {
                    format!("De postcode “{code}” en de gemeente “{municipality}” horen niet bij elkaar.")
                }
                None => "De postcode en de gemeente horen niet bij elkaar.".to_owned(),
            },
            Cause::HouseNumberWithBox => "Misschien staat er ook een busnummer in.".to_owned(),
            Cause::StreetWithNumber => "Misschien staat er ook een huis- of busnummer in.".to_owned(),
            Cause::NameTwice => "De voornaam en de achternaam zijn dezelfde.".to_owned(),
            Cause::NameSpelling => "Misschien zit er een tikfout in.".to_owned(),
            Cause::NameUnlikely => "Dat lijkt geen naam te zijn.".to_owned(),
            Cause::StartDatePast => "Die datum is al voorbij.".to_owned(),
            Cause::BirthDateTooOld => "Die datum ligt ver in het verleden.".to_owned(),
            Cause::StartDateTooEarly => {
                "Veranderen van leverancier duurt gewoonlijk drie weken; deze datum valt vroeger.".to_owned()
            }
            Cause::StartDateTooFar => "Die datum ligt nog ver in de toekomst.".to_owned(),
            Cause::EnterpriseNumberResidential => {
                "U deed uw aanvraag als particulier, maar er staat een ondernemingsnummer in.".to_owned()
            }
            _ => return None,
        })
    }

    fn help(&self, field: Field) -> Option<&'static str> {
        match field {
            Field::ElectricityEan | Field::GasEan => {
                Some("U vindt deze code van 18 cijfers (ze begint met 54) bovenaan op uw energiefactuur.")
            }
            Field::ElectricityMeterNumber | Field::GasMeterNumber => {
                Some("U vindt dit nummer op de meter zelf en op uw energiefactuur.")
            }
            Field::EnterpriseNumber => Some(
                "Dit nummer van 10 cijfers is hetzelfde als uw btw-nummer. Het staat bijvoorbeeld op uw \
                 facturen.",
            ),
            Field::Iban => Some(
                "U vindt dit nummer op uw bankkaart of op uw rekeninguittreksel. Voor uw veiligheid tonen \
                 we alleen het einde.",
            ),
            Field::DateOfBirth => Some("Schrijf de dag, de maand en het jaar."),
            Field::StartDate => Some("Schrijf de dag, de maand en het jaar waarop de levering mag beginnen."),
            Field::Box => Some("Is er geen busnummer? Laat het ons dan gewoon weten."),
            _ => None,
        }
    }

    fn instead_of_ean(&self) -> &'static str {
        "Vindt u ze niet? Dan mag u ons ook het meternummer of een foto van de factuur sturen."
    }
}
