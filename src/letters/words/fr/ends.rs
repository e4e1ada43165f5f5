//! French: reminders and the ends of a request.

use super::{French, or_call};
use crate::letters::words::{Count, EndWords, Nth, Parting};

impl EndWords for French {
    fn reminder_subject(&self, reference: &str, nth: Nth) -> String {
        match nth {
            Nth::First => format!("Votre demande {reference} : nous attendons encore votre réponse"),
            Nth::Last => format!("Votre demande {reference} : dernier rappel"),
        }
    }

    fn reminder_intro(&self, brand: &str, nth: Nth, count: Count) -> String {
        match (nth, count) {
            (Nth::First, Count::One) => format!(
                "Il y a quelques jours, nous vous avons posé une question au sujet de votre demande chez {brand}. Nous n'avons pas encore reçu de réponse, et sans elle nous ne pouvons pas avancer."
            ),
            (Nth::First, Count::Several) => format!(
                "Il y a quelques jours, nous vous avons posé quelques questions au sujet de votre demande chez {brand}. Nous n'avons pas encore reçu de réponse, et sans elle nous ne pouvons pas avancer."
            ),
            (Nth::Last, Count::One) => format!(
                "Nous attendons toujours votre réponse à une question au sujet de votre demande chez {brand}. Ceci est notre dernier rappel."
            ),
            (Nth::Last, Count::Several) => format!(
                "Nous attendons toujours votre réponse à quelques questions au sujet de votre demande chez {brand}. Ceci est notre dernier rappel."
            ),
        }
    }

    fn answered_meanwhile(&self) -> &'static str {
        "Vous venez de répondre ? Nos messages se sont croisés : vous ne devez plus rien faire."
    }

    fn reminder_next(&self, until: &str, nth: Nth) -> Vec<String> {
        let otherwise = match nth {
            Nth::First => "Sans réponse de votre part, votre demande reste en attente.",
            Nth::Last => {
                "Sans réponse, un collaborateur essaie encore de vous joindre. S'il n'y parvient pas, nous clôturons votre demande."
            }
        };
        vec![
            format!("Merci de répondre au plus tard le {until}."),
            "Vous avez besoin d'aide ou d'un peu plus de temps ? Vous ne souhaitez plus poursuivre ? Répondez à cet e-mail et dites-le-nous.".to_owned(),
            otherwise.to_owned(),
        ]
    }

    fn expiry_subject(&self, reference: &str) -> String {
        format!("Votre demande {reference} : clôturée, faute de réponse")
    }

    fn expiry_preheader(&self) -> &'static str {
        "Vous pouvez la rouvrir : il suffit de répondre à cet e-mail."
    }

    fn expiry_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "Nous vous avons écrit plusieurs fois au sujet de votre demande chez {brand} ({energies}), mais nous n'avons pas reçu de réponse. Nous avons donc clôturé la demande. Vous n'avez pas de contrat avec nous et vous ne devez rien payer."
        )
    }

    fn reopen_heading(&self) -> &'static str {
        "Vous souhaitez tout de même poursuivre ?"
    }

    fn reopen(&self, count: Count) -> &'static str {
        match count {
            Count::One => {
                "Répondez simplement à cet e-mail en donnant l'information ci-dessous. Nous rouvrons alors votre demande ; vous ne devez pas recommencer."
            }
            Count::Several => {
                "Répondez simplement à cet e-mail en donnant les informations ci-dessous. Nous rouvrons alors votre demande ; vous ne devez pas recommencer."
            }
        }
    }

    fn leave_closed(&self) -> &'static str {
        "Vous ne souhaitez pas poursuivre ? Alors vous ne devez rien faire."
    }

    fn withdrawn_subject(&self, reference: &str, parting: Parting) -> String {
        match parting {
            Parting::Request => format!("Votre demande {reference} : nous l'avons arrêtée"),
            Parting::Contract => format!("Votre demande {reference} : nous confirmons votre rétractation"),
        }
    }

    fn withdrawn_preheader(&self) -> &'static str {
        "Vous ne devez plus rien faire. Conservez cet e-mail."
    }

    fn withdrawn_intro(&self, brand: &str, energies: &str, parting: Parting) -> String {
        match parting {
            Parting::Request => format!(
                "Nous avons bien noté que vous ne souhaitez pas poursuivre votre demande chez {brand} ({energies}). Nous l'avons arrêtée."
            ),
            Parting::Contract => format!(
                "Nous avons bien reçu votre rétractation du contrat avec {brand} ({energies}) et nous la confirmons par cet e-mail."
            ),
        }
    }

    fn withdrawn_next(&self, parting: Parting) -> Vec<String> {
        let next = match parting {
            Parting::Request => "Vous n'avez pas de contrat avec nous et vous ne devez rien payer.",
            Parting::Contract => {
                "Nous demandons au gestionnaire de réseau (GRD) d'annuler la fourniture par nos soins."
            }
        };
        vec![
            next.to_owned(),
            "Vérifiez que l'adresse ci-dessous a un fournisseur : si vous y habitez, gardez votre contrat actuel ou choisissez un autre fournisseur.".to_owned(),
        ]
    }

    fn withdrawn_by_mistake(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Vous n'avez pas demandé cela, ou vous avez changé d'avis ? Répondez vite à cet e-mail{or_call}."
        )
    }

    fn refused_subject(&self, reference: &str) -> String {
        format!("Votre demande {reference} : le gestionnaire de réseau l'a refusée")
    }

    fn refused_preheader(&self) -> &'static str {
        "Voici ce que cela signifie pour vous, et ce que vous pouvez faire."
    }

    fn refused_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "Le gestionnaire de réseau (GRD) a refusé votre demande chez {brand} ({energies}). Nous l'avons examinée avec lui, mais nous ne pouvons pas la poursuivre. Nous le regrettons."
        )
    }

    fn refused_next(&self, phone: Option<&str>) -> Vec<String> {
        let or_call = or_call(phone);
        vec![
            "Vous n'avez pas de contrat avec nous et vous ne devez rien payer.".to_owned(),
            format!(
                "Vous souhaitez en connaître la raison ou refaire une demande ? Répondez à cet e-mail{or_call}. Nous cherchons la solution avec vous."
            ),
        ]
    }

    fn reply_subject(&self, reference: &str) -> String {
        format!("Votre demande {reference} : un message de notre équipe")
    }

    fn reply_preheader(&self) -> &'static str {
        "La réponse de notre service clientèle."
    }

    fn reply_footer(&self) -> &'static str {
        "Vous pouvez répondre à cet e-mail : votre réponse arrive à notre service clientèle."
    }
}
