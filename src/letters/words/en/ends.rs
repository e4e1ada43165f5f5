//! English: reminders and the ends of a request.

use super::{English, or_call};
use crate::letters::words::{Count, EndWords, Nth, Parting};

impl EndWords for English {
    fn reminder_subject(&self, reference: &str, nth: Nth) -> String {
        match nth {
            Nth::First => format!("Your application {reference}: we are still waiting for your answer"),
            Nth::Last => format!("Your application {reference}: last reminder"),
        }
    }

    fn reminder_intro(&self, brand: &str, nth: Nth, count: Count) -> String {
        match (nth, count) {
            (Nth::First, Count::One) => format!(
                "A few days ago we asked you a question about your application to {brand}. We have not had an answer yet, and without it we cannot go on."
            ),
            (Nth::First, Count::Several) => format!(
                "A few days ago we asked you a few questions about your application to {brand}. We have not had an answer yet, and without it we cannot go on."
            ),
            (Nth::Last, Count::One) => format!(
                "We are still waiting for your answer to a question about your application to {brand}. This is our last reminder."
            ),
            (Nth::Last, Count::Several) => format!(
                "We are still waiting for your answer to a few questions about your application to {brand}. This is our last reminder."
            ),
        }
    }

    fn answered_meanwhile(&self) -> &'static str {
        "Have you just replied? Then our messages have crossed and there is nothing more to do."
    }

    fn reminder_next(&self, until: &str, nth: Nth) -> Vec<String> {
        let otherwise = match nth {
            Nth::First => "As long as we have no answer, your application stays on hold.",
            Nth::Last => {
                "If we have no answer, one of our staff will still try to reach you. If that fails, we will close your application."
            }
        };
        vec![
            format!("Please reply by {until} at the latest."),
            "Do you need help or a little more time? Do you no longer want to go on? Reply to this e-mail and tell us.".to_owned(),
            otherwise.to_owned(),
        ]
    }

    fn expiry_subject(&self, reference: &str) -> String {
        format!("Your application {reference}: closed, as we had no answer")
    }

    fn expiry_preheader(&self) -> &'static str {
        "You can open it again: a reply to this e-mail is enough."
    }

    fn expiry_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "We wrote to you several times about your application to {brand} ({energies}) but had no answer. We have therefore closed the application. You have no contract with us and nothing to pay."
        )
    }

    fn reopen_heading(&self) -> &'static str {
        "Would you like to go on after all?"
    }

    fn reopen(&self, count: Count) -> &'static str {
        match count {
            Count::One => {
                "Just reply to this e-mail with the detail below. We will then open your application again; you need not start over."
            }
            Count::Several => {
                "Just reply to this e-mail with the details below. We will then open your application again; you need not start over."
            }
        }
    }

    fn leave_closed(&self) -> &'static str {
        "You do not want to go on? Then there is nothing to do."
    }

    fn withdrawn_subject(&self, reference: &str, parting: Parting) -> String {
        match parting {
            Parting::Request => format!("Your application {reference}: we have stopped it"),
            Parting::Contract => format!("Your application {reference}: we confirm your withdrawal"),
        }
    }

    fn withdrawn_preheader(&self) -> &'static str {
        "There is nothing more to do. Please keep this e-mail."
    }

    fn withdrawn_intro(&self, brand: &str, energies: &str, parting: Parting) -> String {
        match parting {
            Parting::Request => format!(
                "We have noted that you do not want to go on with your application to {brand} ({energies}). We have stopped it."
            ),
            Parting::Contract => format!(
                "We have received your withdrawal from the contract with {brand} ({energies}) and confirm it with this e-mail."
            ),
        }
    }

    fn withdrawn_next(&self, parting: Parting) -> Vec<String> {
        let next = match parting {
            Parting::Request => "You have no contract with us and nothing to pay.",
            Parting::Contract => "We are asking the distribution system operator to cancel the supply by us.",
        };
        vec![
            next.to_owned(),
            "Please check that the address below has a supplier: if you live there, keep your present contract or choose another supplier.".to_owned(),
        ]
    }

    fn withdrawn_by_mistake(&self, phone: Option<&str>) -> String {
        let or_call = or_call(phone);
        format!(
            "You did not ask for this, or you have changed your mind? Reply to this e-mail soon{or_call}."
        )
    }

    fn refused_subject(&self, reference: &str) -> String {
        format!("Your application {reference}: refused by the distribution system operator")
    }

    fn refused_preheader(&self) -> &'static str {
        "What this means for you, and what you can do."
    }

    fn refused_intro(&self, brand: &str, energies: &str) -> String {
        format!(
            "The distribution system operator has refused your application to {brand} ({energies}). We looked into it together, but we cannot go on with it. We are sorry."
        )
    }

    fn refused_next(&self, phone: Option<&str>) -> Vec<String> {
        let or_call = or_call(phone);
        vec![
            "You have no contract with us and nothing to pay.".to_owned(),
            format!(
                "Would you like to know why, or apply again? Reply to this e-mail{or_call}. We will look for a solution with you."
            ),
        ]
    }

    fn reply_subject(&self, reference: &str) -> String {
        format!("Your application {reference}: a message from our team")
    }

    fn reply_preheader(&self) -> &'static str {
        "The answer of our customer service."
    }

    fn reply_footer(&self) -> &'static str {
        "You can reply to this e-mail: your reply reaches our customer service."
    }
}
