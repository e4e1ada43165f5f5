//! How questions are put in French, and why.

use super::French;
use crate::letters::questions::Cause;
use crate::letters::words::{self, QuestionWords};
use crate::registration::{Field, Registration};

impl QuestionWords for French {
    fn ask_missing(&self, _field: Field) -> String {
        "cette information manque dans votre demande. Pouvez-vous nous la communiquer ?".to_owned()
    }

    fn ask_invalid(&self, value: &str, fault: &str) -> String {
        format!(
            "nous avons reçu « {value} », mais {fault}. Pouvez-vous vérifier et nous envoyer la bonne \
             donnée ?"
        )
    }

    fn ask_again(&self, value: &str, fault: &str) -> String {
        format!(
            "vous nous avez répondu « {value} », mais {fault}. Pouvez-vous vérifier et nous envoyer la \
             bonne donnée ?"
        )
    }

    fn ask_doubtful(&self, value: Option<&str>, doubt: Option<&str>) -> String {
        let noted = match value {
            Some(value) => format!("nous avons noté « {value} »."),
            None => "nous n'avons rien noté.".to_owned(),
        };
        match (value, doubt) {
            (Some(value), Some(doubt)) => {
                format!(
                    "{noted} {doubt} « {value} » : est-ce bien correct ? Sinon, quelle est la bonne donnée ?"
                )
            }
            (_, doubt) => {
                let doubt = doubt.map(|doubt| format!(" {doubt}")).unwrap_or_default();
                format!("{noted}{doubt} Est-ce bien correct ? Sinon, quelle est la bonne donnée ?")
            }
        }
    }

    fn fault(&self, cause: &Cause) -> String {
        match cause {
            Cause::EanLength(0) => "un code EAN se compose de 18 chiffres".to_owned(),
            Cause::EanLength(1) => "il compte 1 chiffre, alors qu'un code EAN en compte 18".to_owned(),
            Cause::EanLength(digits) => {
                format!("il compte {digits} chiffres, alors qu'un code EAN en compte 18")
            }
            Cause::EanLetters => "un code EAN ne contient que des chiffres (18)".to_owned(),
            Cause::EanCheckDigit => {
                "ce numéro contient sans doute une faute de frappe : le chiffre de contrôle ne correspond pas"
                    .to_owned()
            }
            Cause::EanSameForBoth => {
                "ce numéro figure à la fois pour l'électricité et pour le gaz, alors que chaque énergie a \
                 son propre code EAN"
                    .to_owned()
            }
            Cause::MeterNumberIsEan => "c'est un code EAN et non un numéro de compteur".to_owned(),
            Cause::MeterNumber => "ce n'est pas un numéro de compteur".to_owned(),
            Cause::PostalCodeUnknown => "ce code postal n'existe pas en Belgique".to_owned(),
            Cause::HouseNumber => "ce n'est pas un numéro de maison".to_owned(),
            Cause::DateInvalid => "ce n'est pas une date valable".to_owned(),
            Cause::BirthDateFuture => "cette date est dans le futur".to_owned(),
            Cause::Phone => "ce n'est pas un numéro de téléphone valable".to_owned(),
            Cause::IbanCheck => {
                "ce numéro contient sans doute une faute de frappe : les chiffres de contrôle ne \
                 correspondent pas"
                    .to_owned()
            }
            Cause::EanAbroad => "c'est un point de fourniture d'un autre pays : un code EAN belge commence \
                                 par 54"
                .to_owned(),
            Cause::EanPrefix => "un code EAN belge commence par 54".to_owned(),
            Cause::PostalCodeForm => "un code postal belge se compose de 4 chiffres".to_owned(),
            Cause::HouseNumberWithBox => "il contient peut-être aussi une boîte. Indiquez le numéro de \
                                        maison et la boîte séparément"
                .to_owned(),
            Cause::DateAmbiguous => "l'année manque ou n'est pas claire".to_owned(),
            Cause::PhoneLength => {
                "il y a un chiffre de trop ou de moins pour un numéro de téléphone belge".to_owned()
            }
            Cause::IbanForm => {
                "un numéro de compte (IBAN) belge se compose de BE et de 14 chiffres".to_owned()
            }
            Cause::EnterpriseNumberForm => "un numéro d'entreprise se compose de 10 chiffres, dont le \
                                        premier est 0 ou 1"
                .to_owned(),
            Cause::EnterpriseNumberCheck => "ce numéro contient sans doute une faute de frappe : les \
                                        chiffres de contrôle ne correspondent pas"
                .to_owned(),
            Cause::TooLong => "c'est trop long pour cette donnée".to_owned(),
            Cause::Email => "ce n'est pas une adresse e-mail valable".to_owned(),
            _ => "cette donnée ne semble pas valable".to_owned(),
        }
    }

    fn doubt(&self, cause: &Cause, registration: &Registration) -> Option<String> {
        Some(match cause {
            Cause::EanFiller => "Ce numéro ressemble à un exemple.".to_owned(),
            Cause::EanRegion => match words::place(registration) {
                Some(place) => {
                    format!(
                        "Ce numéro semble appartenir à une autre région que celle de votre adresse ({place})."
                    )
                }
                None => {
                    "Ce numéro semble appartenir à une autre région que celle de votre adresse.".to_owned()
                }
            },
            Cause::PostalCodeMunicipality => match words::code_and_municipality(registration) {
                Some((code, municipality)) => {
                    format!(
                        "Le code postal « {code} » et la commune « {municipality} » ne vont pas ensemble."
                    )
                }
                None => "Le code postal et la commune ne vont pas ensemble.".to_owned(),
            },
            Cause::HouseNumberWithBox => "Il contient peut-être aussi un numéro de boîte.".to_owned(),
            Cause::StreetWithNumber => {
                "Elle contient peut-être aussi un numéro de maison ou de boîte.".to_owned()
            }
            Cause::NameTwice => "Le prénom et le nom de famille sont identiques.".to_owned(),
            Cause::NameSpelling => "Il s'agit peut-être d'une faute de frappe.".to_owned(),
            Cause::NameUnlikely => "Cela ne ressemble pas à un nom.".to_owned(),
            Cause::StartDatePast => "Cette date est déjà passée.".to_owned(),
            Cause::BirthDateTooOld => "Cette date est très ancienne.".to_owned(),
            Cause::StartDateTooEarly => {
                "Un changement de fournisseur prend en général trois semaines ; cette date vient plus tôt."
                    .to_owned()
            }
            Cause::StartDateTooFar => "Cette date est encore très éloignée.".to_owned(),
            Cause::EnterpriseNumberResidential => {
                "Votre demande est celle d'un particulier, mais elle contient un numéro d'entreprise."
                    .to_owned()
            }
            _ => return None,
        })
    }

    fn help(&self, field: Field) -> Option<&'static str> {
        match field {
            Field::ElectricityEan | Field::GasEan => Some(
                "Vous trouvez ce code de 18 chiffres (il commence par 54) en haut de votre facture \
                 d'énergie.",
            ),
            Field::ElectricityMeterNumber | Field::GasMeterNumber => {
                Some("Vous trouvez ce numéro sur le compteur lui-même et sur votre facture d'énergie.")
            }
            Field::EnterpriseNumber => Some(
                "Ce numéro de 10 chiffres est le même que votre numéro de TVA, par exemple sur vos factures.",
            ),
            Field::Iban => Some(
                "Vous trouvez ce numéro sur votre carte bancaire ou votre extrait de compte. Par sécurité, \
                 nous n'en montrons que la fin.",
            ),
            Field::DateOfBirth => Some("Écrivez le jour, le mois et l'année."),
            Field::StartDate => {
                Some("Écrivez le jour, le mois et l'année à partir desquels vous souhaitez être fourni.")
            }
            Field::Box => Some("S'il n'y a pas de boîte, dites-le-nous simplement."),
            _ => None,
        }
    }

    fn instead_of_ean(&self) -> &'static str {
        "Vous ne le trouvez pas ? Envoyez-nous alors le numéro de compteur ou une photo de la facture."
    }
}
