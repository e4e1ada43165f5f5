//! Dutch: reminders and the ends of a request.

use super::{Dutch, or_call};
use crate::letters::words::{Count, EndWords, Nth, Parting};

impl EndWords for Dutch {
    fn reminder_subject(&self, reference: &str, nth: Nth) -> String {
        match nth {
            Nth::First => format!("Uw aanvraag {reference}: we wachten nog op uw antwoord"),
            Nth::Last => format!("Uw aanvraag {reference}: laatste herinnering"),
        }
    }

    fn reminder_intro(&self, brand: &str, nth: Nth, count: Count) -> String {
        match (nth, count) {
            (Nth::First, Count::One) => format!(
                "Enkele dagen geleden stelden we u een vraag over uw aanvraag bij {brand}. We kregen nog geen antwoord, en zonder antwoord kunnen we niet verder."
            ),
            (Nth::First, Count::Several) => format!(
                "Enkele dagen geleden stelden we u enkele vragen over uw aanvraag bij {brand}. We kregen nog geen antwoord, en zonder antwoord kunnen we niet verder."
            ),
            (Nth::Last, Count::One) => format!(
                "We wachten nog altijd op uw antwoord op een vraag over uw aanvraag bij {brand}. Dit is onze laatste herinnering."
            ),
            (Nth::Last, Count::Several) => format!(
                "We wachten nog altijd op uw antwoord op enkele vragen over uw aanvraag bij {brand}. Dit is onze laatste herinnering."
            ),
        }
    }

    fn answered_meanwhile(&self) -> &'static str {
        "Hebt u net geantwoord? Dan hebben onze berichten elkaar gekruist en hoeft u niets meer te doen."
    }

    fn reminder_next(&self, until: &str, nth: Nth) -> Vec<String> {
        let otherwise = match nth {
            Nth::First => "Zolang we geen antwoord hebben, blijft uw aanvraag wachten.",
            Nth::Last => {
                "Krijgen we geen antwoord, dan probeert een medewerker u nog te bereiken. Lukt dat niet, dan sluiten we uw aanvraag af."
            }
        };
        vec![
            format!("We ontvangen uw antwoord graag uiterlijk op {until}."),
            "Hebt u hulp of wat meer tijd nodig? Wilt u niet meer verdergaan? Antwoord op deze e-mail en laat het ons weten.".to_owned(),
            otherwise.to_owned(),
        ]
    }

    fn expiry_subject(&self, reference: &str) -> String {
        format!("Uw aanvraag {reference}: afgesloten omdat we geen antwoord kregen")
    }

    fn expiry_preheader(&self) -> &'static str {
        "U kunt ze heropenen: een antwoord op deze e-mail volstaat."
    }

    fn expiry_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "We schreven u verschillende keren over uw aanvraag bij {brand} ({energies}), maar kregen geen antwoord. Daarom hebben we de aanvraag afgesloten. U hebt geen contract met ons en u hoeft niets te betalen."
        )
    }

    fn reopen_heading(&self) -> &'static str {
        "Wilt u toch verdergaan?"
    }

    fn reopen(&self, count: Count) -> &'static str {
        match count {
            Count::One => {
                "Antwoord gewoon op deze e-mail met het gegeven hieronder. Dan heropenen we uw aanvraag; u hoeft niet opnieuw te beginnen."
            }
            Count::Several => {
                "Antwoord gewoon op deze e-mail met de gegevens hieronder. Dan heropenen we uw aanvraag; u hoeft niet opnieuw te beginnen."
            }
        }
    }

    fn leave_closed(&self) -> &'static str {
        "Wilt u niet verdergaan? Dan hoeft u niets te doen."
    }

    fn withdrawn_subject(&self, reference: &str, parting: Parting) -> String {
        match parting {
            Parting::Request => format!("Uw aanvraag {reference}: stopgezet"),
            Parting::Contract => format!("Uw aanvraag {reference}: we bevestigen uw herroeping"),
        }
    }

    fn withdrawn_preheader(&self) -> &'static str {
        "U hoeft niets meer te doen. Bewaar deze e-mail."
    }

    fn withdrawn_intro(&self, brand: &str, energies: &str, parting: Parting) -> String {
        match parting {
            Parting::Request => format!(
                "We hebben goed genoteerd dat u niet verdergaat met uw aanvraag bij {brand} ({energies}). We hebben ze stopgezet."
            ),
            Parting::Contract => format!(
                "We hebben uw herroeping van het contract met {brand} ({energies}) goed ontvangen en bevestigen ze met deze e-mail."
            ),
        }
    }

    fn withdrawn_next(&self, parting: Parting) -> Vec<String> {
        let next = match parting {
            Parting::Request => "U hebt geen contract met ons en u hoeft niets te betalen.",
            Parting::Contract => "We vragen de netbeheerder om de levering door ons te annuleren.",
        };
        vec![
            next.to_owned(),
            "Kijk na of er op het adres hieronder een leverancier is: woont u er, behoud dan uw huidige contract of kies een andere leverancier.".to_owned(),
        ]
    }

    fn withdrawn_by_mistake(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "Hebt u dit niet gevraagd, of bent u van gedachten veranderd? Antwoord dan snel op deze e-mail{or_call}."
        )
    }

    fn refused_subject(&self, reference: &str) -> String {
        format!("Uw aanvraag {reference}: geweigerd door de netbeheerder")
    }

    fn refused_preheader(&self) -> &'static str {
        "Dit betekent het voor u, en dit kunt u doen."
    }

    fn refused_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "De netbeheerder heeft uw aanvraag bij {brand} ({energies}) geweigerd. We hebben ze met de netbeheerder bekeken, maar we kunnen er niet mee verder. Dat spijt ons."
        )
    }

    fn refused_next(&self, phone: Option<&str>) -> Vec<String> {
        let or_call = or_call(phone);
        vec![
            "U hebt geen contract met ons en u hoeft niets te betalen.".to_owned(),
            format!(
                "Wilt u weten waarom, of een nieuwe aanvraag doen? Antwoord op deze e-mail{or_call}. We zoeken samen met u een oplossing."
            ),
        ]
    }

    fn reply_subject(&self, reference: &str) -> String {
        format!("Uw aanvraag {reference}: een bericht van ons team")
    }

    fn reply_preheader(&self) -> &'static str {
        "Het antwoord van onze klantendienst."
    }

    fn reply_footer(&self) -> &'static str {
        "U kunt op deze e-mail antwoorden: uw antwoord komt aan bij onze klantendienst."
    }
}
