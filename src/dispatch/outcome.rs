//! PURE. What became of one letter at one server, closed into an enum before anybody decides on it.

/// How an attempt to hand a letter over ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server took responsibility for it (RFC 5321, 4.2.5).
    Accepted { response: String },
    /// Not now; the server says that another time may be better.
    TransientRefusal(Refusal),
    /// Not this letter to this recipient, ever.
    PermanentRefusal(Refusal),
    /// Nothing was sent, certainly: no connection, no TLS, no login, or it broke before the final dot.
    Unreachable { why: String },
    /// The final dot was begun and no reply came: the letter may or may not have arrived.
    Unknown { why: String },
}

/// A refusal in the server's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Three-digit reply code; none when we did not even ask the server (an address that cannot be one).
    pub code: Option<u16>,
    /// Enhanced status code such as `5.1.1` (RFC 3463), where the server gives one.
    pub enhanced: Option<String>,
    pub text: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            Some(code) => write!(f, "{code} {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

/// Steps of a delivery, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// TCP, greeting, EHLO, STARTTLS, AUTH: about us and the server, not about the letter.
    Connect,
    Mail,
    Rcpt,
    Data,
    /// The message itself, before the final dot.
    Content,
    /// From the first byte of the final dot on.
    FinalDot,
}

/// What went wrong in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The server replied, but not what the step wants.
    Replied { code: u16, text: String },
    /// The connection broke, or what came over it was not SMTP.
    Lost(String),
    /// No reply within the step's time limit.
    TimedOut,
    /// We cannot or must not send it; the server was not asked.
    Impossible(String),
}

/// Codes at MAIL that are about our login, not about the letter (RFC 4954, 6).
const LOGIN_REFUSALS: [u16; 4] = [530, 534, 535, 538];

/// What trouble in a step means for the letter.
pub fn judge(step: Step, trouble: Trouble) -> Outcome {
    match trouble {
        Trouble::Impossible(text) => Outcome::PermanentRefusal(Refusal {
            code: None,
            enhanced: None,
            text,
        }),
        Trouble::Replied { code, text } => judge_reply(step, code, text),
        Trouble::Lost(why) if step == Step::FinalDot => Outcome::Unknown { why },
        Trouble::TimedOut if step == Step::FinalDot => Outcome::Unknown {
            why: "the server did not answer the end of the message in time".to_owned(),
        },
        Trouble::Lost(why) => Outcome::Unreachable {
            why: format!("{}: {why}", step.name()),
        },
        Trouble::TimedOut => Outcome::Unreachable {
            why: format!("{}: no answer in time", step.name()),
        },
    }
}

fn judge_reply(step: Step, code: u16, text: String) -> Outcome {
    let about_us = step == Step::Connect || (step == Step::Mail && LOGIN_REFUSALS.contains(&code));
    if about_us {
        // Letters must not fail for good because a password changed: they wait until somebody mends it.
        return Outcome::Unreachable {
            why: format!("{}: {code} {text}", step.name()),
        };
    }
    let refusal = Refusal {
        code: Some(code),
        enhanced: enhanced_status(&text),
        text,
    };
    match code {
        400..=499 => Outcome::TransientRefusal(refusal),
        500..=599 => Outcome::PermanentRefusal(refusal),
        // A positive reply at the wrong place: the connection is out of step.
        _ if step == Step::FinalDot => Outcome::Unknown {
            why: format!("unexpected reply {refusal}"),
        },
        _ => Outcome::Unreachable {
            why: format!("{}: unexpected reply {refusal}", step.name()),
        },
    }
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Step::Connect => "connecting",
            Step::Mail => "MAIL FROM",
            Step::Rcpt => "RCPT TO",
            Step::Data => "DATA",
            Step::Content => "sending the message",
            Step::FinalDot => "end of the message",
        }
    }
}

/// The enhanced status code that a reply's text begins with (RFC 2034, 4).
fn enhanced_status(text: &str) -> Option<String> {
    let word = text.split_whitespace().next()?;
    let parts: Vec<&str> = word.split('.').collect();
    let well_formed = matches!(parts[..], ["2" | "4" | "5", subject, detail]
        if [subject, detail].iter().all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())));
    well_formed.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replied(code: u16, text: &str) -> Trouble {
        Trouble::Replied {
            code,
            text: text.to_owned(),
        }
    }

    fn kind(outcome: &Outcome) -> &'static str {
        match outcome {
            Outcome::Accepted { .. } => "accepted",
            Outcome::TransientRefusal(_) => "transient",
            Outcome::PermanentRefusal(_) => "permanent",
            Outcome::Unreachable { .. } => "unreachable",
            Outcome::Unknown { .. } => "unknown",
        }
    }

    #[test]
    fn each_trouble_in_each_step() {
        let lost = || Trouble::Lost("reset".to_owned());
        let cases = [
            (Step::Connect, replied(554, "5.7.1 go away"), "unreachable"),
            (Step::Connect, replied(535, "5.7.8 bad password"), "unreachable"),
            (Step::Connect, lost(), "unreachable"),
            (Step::Mail, replied(530, "5.7.0 log in first"), "unreachable"),
            (Step::Mail, replied(552, "5.3.4 too big"), "permanent"),
            (Step::Rcpt, replied(450, "4.2.0 greylisted"), "transient"),
            (Step::Rcpt, replied(550, "5.1.1 unknown"), "permanent"),
            (Step::Rcpt, lost(), "unreachable"),
            (Step::Data, Trouble::TimedOut, "unreachable"),
            (Step::Data, replied(250, "out of step"), "unreachable"),
            (Step::Content, lost(), "unreachable"),
            (Step::FinalDot, lost(), "unknown"),
            (Step::FinalDot, Trouble::TimedOut, "unknown"),
            (Step::FinalDot, replied(354, "out of step"), "unknown"),
            (Step::FinalDot, replied(451, "4.3.0 later"), "transient"),
            (Step::FinalDot, replied(554, "5.6.0 spam"), "permanent"),
            (
                Step::Rcpt,
                Trouble::Impossible("no address".to_owned()),
                "permanent",
            ),
        ];
        for (step, trouble, expected) in cases {
            let outcome = judge(step, trouble.clone());
            assert_eq!(kind(&outcome), expected, "{step:?} {trouble:?}");
        }
    }

    #[test]
    fn an_enhanced_code_is_taken_only_where_it_is_one() {
        assert_eq!(
            enhanced_status("5.1.1 <lena@customer.example>: unknown").as_deref(),
            Some("5.1.1")
        );
        assert_eq!(
            enhanced_status("4.7.25 no reverse name").as_deref(),
            Some("4.7.25")
        );
        for text in [
            "",
            "Mailbox unavailable",
            "3.1.1 x",
            "5.1 x",
            "5.1.1.1 x",
            "5.1111.1 x",
            "5.a.1 x",
        ] {
            assert_eq!(enhanced_status(text), None, "{text}");
        }
    }
}
