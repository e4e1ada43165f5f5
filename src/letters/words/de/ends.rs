//! German: reminders and the ends of a request.

use super::{German, or_call};
use crate::letters::words::{Count, EndWords, Nth, Parting};

impl EndWords for German {
    fn reminder_subject(&self, reference: &str, nth: Nth) -> String {
        match nth {
            Nth::First => format!("Ihre Anmeldung {reference}: Wir warten noch auf Ihre Antwort"),
            Nth::Last => format!("Ihre Anmeldung {reference}: Letzte Erinnerung"),
        }
    }

    fn reminder_intro(&self, brand: &str, nth: Nth, count: Count) -> String {
        match (nth, count) {
            (Nth::First, Count::One) => format!(
                "Vor einigen Tagen haben wir Ihnen eine Frage zu Ihrer Anmeldung bei {brand} gestellt. Wir haben noch keine Antwort erhalten; ohne sie können wir nicht weitermachen."
            ),
            (Nth::First, Count::Several) => format!(
                "Vor einigen Tagen haben wir Ihnen einige Fragen zu Ihrer Anmeldung bei {brand} gestellt. Wir haben noch keine Antwort erhalten; ohne sie können wir nicht weitermachen."
            ),
            (Nth::Last, Count::One) => format!(
                "Wir warten immer noch auf Ihre Antwort auf eine Frage zu Ihrer Anmeldung bei {brand}. Dies ist unsere letzte Erinnerung."
            ),
            (Nth::Last, Count::Several) => format!(
                "Wir warten immer noch auf Ihre Antwort auf einige Fragen zu Ihrer Anmeldung bei {brand}. Dies ist unsere letzte Erinnerung."
            ),
        }
    }

    fn answered_meanwhile(&self) -> &'static str {
        "Haben Sie gerade geantwortet? Dann haben sich unsere Nachrichten überschnitten und Sie brauchen nichts mehr zu tun."
    }

    fn reminder_next(&self, until: &str, nth: Nth) -> Vec<String> {
        let otherwise = match nth {
            Nth::First => "Solange wir keine Antwort haben, ruht Ihre Anmeldung.",
            Nth::Last => {
                "Wenn wir keine Antwort erhalten, versucht ein Mitarbeiter noch, Sie zu erreichen. Gelingt das nicht, schließen wir Ihre Anmeldung ab."
            }
        };
        vec![
            format!("Bitte antworten Sie bis spätestens {until}."),
            "Brauchen Sie Hilfe oder etwas mehr Zeit? Möchten Sie nicht mehr weitermachen? Antworten Sie auf diese E-Mail und sagen Sie es uns.".to_owned(),
            otherwise.to_owned(),
        ]
    }

    fn expiry_subject(&self, reference: &str) -> String {
        format!("Ihre Anmeldung {reference}: Abgeschlossen, weil keine Antwort kam")
    }

    fn expiry_preheader(&self) -> &'static str {
        "Sie können sie wieder aufnehmen: Eine Antwort auf diese E-Mail genügt."
    }

    fn expiry_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "Wir haben Ihnen mehrmals wegen Ihrer Anmeldung bei {brand} ({energies}) geschrieben, aber keine Antwort erhalten. Deshalb haben wir die Anmeldung abgeschlossen. Sie haben keinen Vertrag mit uns und müssen nichts bezahlen."
        )
    }

    fn reopen_heading(&self) -> &'static str {
        "Möchten Sie doch weitermachen?"
    }

    fn reopen(&self, count: Count) -> &'static str {
        match count {
            Count::One => {
                "Antworten Sie einfach mit der Angabe unten auf diese E-Mail. Dann nehmen wir Ihre Anmeldung wieder auf; Sie müssen nicht von vorn beginnen."
            }
            Count::Several => {
                "Antworten Sie einfach mit den Angaben unten auf diese E-Mail. Dann nehmen wir Ihre Anmeldung wieder auf; Sie müssen nicht von vorn beginnen."
            }
        }
    }

    fn leave_closed(&self) -> &'static str {
        "Möchten Sie nicht weitermachen? Dann brauchen Sie nichts zu tun."
    }

    fn withdrawn_subject(&self, reference: &str, parting: Parting) -> String {
        match parting {
            Parting::Request => format!("Ihre Anmeldung {reference}: Wir haben sie gestoppt"),
            Parting::Contract => format!("Ihre Anmeldung {reference}: Wir bestätigen Ihren Widerruf"),
        }
    }

    fn withdrawn_preheader(&self) -> &'static str {
        "Sie brauchen nichts mehr zu tun. Bewahren Sie diese E-Mail auf."
    }

    fn withdrawn_intro(&self, brand: &str, energies: &str, parting: Parting) -> String {
        match parting {
            Parting::Request => format!(
                "Wir haben notiert, dass Sie Ihre Anmeldung bei {brand} ({energies}) nicht fortsetzen möchten. Wir haben sie gestoppt."
            ),
            Parting::Contract => format!(
                "Wir haben Ihren Widerruf des Vertrags mit {brand} ({energies}) erhalten und bestätigen ihn mit dieser E-Mail."
            ),
        }
    }

    fn withdrawn_next(&self, parting: Parting) -> Vec<String> {
        let next = match parting {
            Parting::Request => "Sie haben keinen Vertrag mit uns und müssen nichts bezahlen.",
            Parting::Contract => "Wir bitten den Netzbetreiber, die Belieferung durch uns zu annullieren.",
        };
        vec![
            next.to_owned(),
            "Prüfen Sie, ob es für die Adresse unten einen Versorger gibt: Wenn Sie dort wohnen, behalten Sie Ihren jetzigen Vertrag oder wählen Sie einen anderen Versorger.".to_owned(),
        ]
    }

    fn withdrawn_by_mistake(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Haben Sie das nicht gewünscht oder haben Sie es sich anders überlegt? Antworten Sie schnell auf diese E-Mail{or_call}."
        )
    }

    fn refused_subject(&self, reference: &str) -> String {
        format!("Ihre Anmeldung {reference}: Der Netzbetreiber hat sie abgelehnt")
    }

    fn refused_preheader(&self) -> &'static str {
        "Was das für Sie bedeutet und was Sie tun können."
    }

    fn refused_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "Der Netzbetreiber hat Ihre Anmeldung bei {brand} ({energies}) abgelehnt. Wir haben sie mit ihm geprüft, können sie aber nicht fortsetzen. Das tut uns leid."
        )
    }

    fn refused_next(&self, phone: Option<&str>) -> Vec<String> {
        let or_call = or_call(phone);
        vec![
            "Sie haben keinen Vertrag mit uns und müssen nichts bezahlen.".to_owned(),
            format!(
                "Möchten Sie den Grund wissen oder sich neu anmelden? Antworten Sie auf diese E-Mail{or_call}. Wir suchen mit Ihnen eine Lösung."
            ),
        ]
    }

    fn reply_subject(&self, reference: &str) -> String {
        format!("Ihre Anmeldung {reference}: eine Nachricht von unserem Team")
    }

    fn reply_preheader(&self) -> &'static str {
        "Die Antwort unseres Kundendienstes."
    }

    fn reply_footer(&self) -> &'static str {
        "Sie können auf diese E-Mail antworten: Ihre Antwort erreicht unseren Kundendienst."
    }
}
