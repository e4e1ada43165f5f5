//! Delivery reports: RFC 3464, and the prose of servers that know it not (Exim, qmail, old Exchange).

use super::headers::{self, Headers};
use super::mime::{Parts, returned_headers};
use super::{Attachment, Bounce, BounceSeverity, Mailbox, decode};

/// Reads a delivery report; `None` when the message is none, or reports a success.
pub(crate) fn read(
    message: &Headers,
    parts: &Parts,
    text: &str,
    from: Option<&Mailbox>,
    subject: &str,
) -> Option<Bounce> {
    let status = parts.attachments.iter().find(|part| is_delivery_status(part));
    let mut bounce = match status {
        Some(status) => report(&status.content, text)?,
        None if is_prose_report(message, parts, text, from, subject) => prose(message, text),
        None => return None,
    };
    if bounce.original_message_id.is_none() {
        bounce.original_message_id = original_message_id(message, parts, text);
    }
    Some(bounce)
}

fn is_delivery_status(part: &Attachment) -> bool {
    matches!(
        part.content_type.as_str(),
        "message/delivery-status" | "message/global-delivery-status"
    )
}

// ---- RFC 3464 -------------------------------------------------------------------------------------------------------

fn report(content: &[u8], text: &str) -> Option<Bounce> {
    /// A report on more recipients than this is none of ours: a letter has one.
    const RECIPIENTS_MAX: usize = 100;
    let source = decode::text(content, None).replace("\r\n", "\n");
    let blocks: Vec<Headers> = source
        .split("\n\n")
        .map(|block| Headers::parse(block.trim_start_matches('\n').as_bytes()))
        .filter(|block| !block.is_empty())
        .take(RECIPIENTS_MAX)
        .collect();
    let recipients = blocks
        .iter()
        .filter(|block| block.has("action") || block.has("final-recipient") || block.has("status"));
    let mut worst: Option<Bounce> = None;
    let mut any = false;
    for block in recipients {
        any = true;
        let Some(bounce) = recipient_report(block, text) else {
            continue;
        };
        if worst
            .as_ref()
            .is_none_or(|known| rank(bounce.severity) > rank(known.severity))
        {
            worst = Some(bounce);
        }
    }
    let original = blocks
        .iter()
        .find_map(|block| block.ids("x-original-message-id").pop());
    match worst {
        Some(bounce) => Some(Bounce {
            original_message_id: original,
            ..bounce
        }),
        // A report without a recipient block is broken; its text must do.
        None if !any => {
            let (status, diagnostic) = (status_in(text), None);
            let severity = severity("failed", status.as_deref(), text);
            Some(Bounce {
                severity,
                recipient: None,
                status,
                diagnostic,
                original_message_id: original,
            })
        }
        None => None,
    }
}

fn rank(severity: BounceSeverity) -> u8 {
    match severity {
        BounceSeverity::Delayed => 0,
        BounceSeverity::Soft => 1,
        BounceSeverity::Hard => 2,
    }
}

fn recipient_report(block: &Headers, text: &str) -> Option<Bounce> {
    let action = block
        .first("action")
        .unwrap_or("failed")
        .trim()
        .to_ascii_lowercase();
    // RFC 3464: delivered, relayed and expanded are good news.
    if matches!(action.as_str(), "delivered" | "relayed" | "expanded") {
        return None;
    }
    let recipient = block
        .first("original-recipient")
        .filter(|value| value.contains('@'))
        .or_else(|| block.first("final-recipient"))
        .and_then(typed_address);
    let diagnostic = block
        .first("diagnostic-code")
        .map(|value| untyped(value).to_owned());
    let status = block
        .first("status")
        .and_then(status_in)
        .or_else(|| diagnostic.as_deref().and_then(status_in));
    let words = format!("{} {text}", diagnostic.as_deref().unwrap_or_default());
    let severity = severity(&action, status.as_deref(), &words);
    Some(Bounce {
        severity,
        recipient,
        status,
        diagnostic,
        original_message_id: None,
    })
}

/// `rfc822; jan@a.test` -> `jan@a.test`
fn typed_address(value: &str) -> Option<String> {
    headers::path(untyped(value)).filter(|address| address.contains('@'))
}

/// `smtp; 550 no` -> `550 no`
fn untyped(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, value)| value).trim()
}

/// The words of the four languages for a mailbox that is full. It is a passing state, whatever code the server gives it.
const FULL: &[&str] = &[
    "mailbox full",
    "mailbox is full",
    "inbox is full",
    "quota",
    "out of storage",
    "overquota",
    "boîte pleine",
    "boite pleine",
    "boîte aux lettres est pleine",
    "boîte de réception est pleine",
    "postvak is vol",
    "postvak van de geadresseerde is vol",
    "mailbox is vol",
    "postvak vol",
    "postfach ist voll",
    "postfach voll",
    "insufficient storage",
    "mailbox size",
    "over its storage",
];

fn severity(action: &str, status: Option<&str>, words: &str) -> BounceSeverity {
    let words = words.to_lowercase();
    let full =
        status.is_some_and(|status| status.ends_with(".2.2")) || FULL.iter().any(|word| words.contains(word));
    if action == "delayed" {
        BounceSeverity::Delayed
    } else if full || status.is_some_and(|status| status.starts_with('4')) {
        BounceSeverity::Soft
    } else {
        BounceSeverity::Hard
    }
}

/// The first enhanced status code of RFC 3463 in a text.
fn status_in(text: &str) -> Option<String> {
    text.split(|letter: char| {
        letter.is_whitespace()
            || matches!(
                letter,
                '(' | ')' | '#' | ';' | ',' | '<' | '>' | '\'' | '"' | '-' | '['
            )
    })
    .map(|word| word.trim_matches(|letter: char| !letter.is_ascii_digit()))
    .find(|word| is_status(word))
    .map(str::to_owned)
}

fn is_status(word: &str) -> bool {
    let mut numbers = word.split('.');
    let class = numbers.next().is_some_and(|class| matches!(class, "4" | "5"));
    let mut short = || {
        numbers.next().is_some_and(|number| {
            (1..=3).contains(&number.len()) && number.chars().all(|letter| letter.is_ascii_digit())
        })
    };
    class && short() && short() && numbers.next().is_none()
}

// ---- prose ----------------------------------------------------------------------------------------------------------

const REPORTERS: &[&str] = &[
    "mailer-daemon",
    "mailerdaemon",
    "postmaster",
    "mail-daemon",
    "microsoftexchange",
    "maildelivery",
    "mail.delivery",
    "mailsystem",
];
const SUBJECTS: &[&str] = &[
    "undeliver",
    "undelivered",
    "delivery status notification",
    "mail delivery failed",
    "mail delivery failure",
    "delivery failure",
    "delivery has failed",
    "failure notice",
    "returned mail",
    "delayed mail",
    "warning: message",
    "message not delivered",
    "mail system error",
    "non remis",
    "non distribuable",
    "échec de la remise",
    "échec de remise",
    "échec de la distribution",
    "message non délivré",
    "onbestelbaar",
    "niet afgeleverd",
    "niet bezorgd",
    "unzustellbar",
    "nicht zustellbar",
    "zustellung fehlgeschlagen",
    "delivery delayed",
    "remise retardée",
    "delivery incomplete",
];
const PROSE: &[&str] = &[
    "could not be delivered",
    "couldn't be delivered",
    "wasn't delivered",
    "was not delivered",
    "delivery to the following",
    "unable to deliver",
    "undeliverable",
    "i'm afraid i wasn't able to deliver",
    "permanent error",
    "this message was created automatically by mail",
    "has not been delivered",
    "n'a pas pu être remis",
    "n'a pas pu être distribué",
    "échec de la remise",
    "bezorging aan de volgende",
    "kan niet worden bezorgd",
    "kon niet worden afgeleverd",
    "kon niet worden bezorgd",
    "konnte nicht zugestellt",
    "fehler bei der nachrichtenzustellung",
    "the email account that you tried to reach",
    "problem delivering your message",
];

/// A report without RFC 3464: a server speaks (its address or the null sender), of a delivery that failed.
fn is_prose_report(
    message: &Headers,
    parts: &Parts,
    text: &str,
    from: Option<&Mailbox>,
    subject: &str,
) -> bool {
    if parts.report_type.as_deref() == Some("delivery-status") {
        return true;
    }
    let local = from
        .and_then(|from| from.address.split('@').next())
        .unwrap_or_default()
        .to_lowercase();
    let reporter = REPORTERS.iter().any(|name| local.starts_with(name));
    let null_sender = message
        .first("return-path")
        .and_then(headers::path)
        .is_some_and(|path| path.is_empty());
    let failed = message.has("x-failed-recipients");
    let subject = subject.to_lowercase();
    let by_subject = SUBJECTS.iter().any(|start| subject.starts_with(start));
    let lower: String = text.to_lowercase().replace('\u{2019}', "'");
    let by_text = PROSE.iter().any(|words| lower.contains(words));
    (failed && (reporter || null_sender))
        || (reporter && (by_subject || by_text))
        || (null_sender && by_subject && by_text)
}

fn prose(message: &Headers, text: &str) -> Bounce {
    let above = above_returned(text);
    let recipient = message
        .addresses("x-failed-recipients")
        .into_iter()
        .next()
        .map(|mailbox| mailbox.address)
        .or_else(|| first_address(above));
    let diagnostic = above
        .lines()
        .map(str::trim)
        .find(|line| reply_code(line).is_some())
        .map(str::to_owned);
    let status = status_in(above);
    let temporary = diagnostic
        .as_deref()
        .and_then(reply_code)
        .is_some_and(|code| code == '4');
    let lower = above.to_lowercase();
    let delayed = [
        "will be retried",
        "warning message only",
        "warning only",
        "delivery attempts will continue",
        "will retry",
        "has been delayed",
        "not yet been delivered",
        "has not yet",
    ]
    .iter()
    .any(|words| lower.contains(words));
    let severity = match severity(
        if delayed { "delayed" } else { "failed" },
        status.as_deref(),
        above,
    ) {
        BounceSeverity::Hard if temporary => BounceSeverity::Soft,
        severity => severity,
    };
    Bounce {
        severity,
        recipient,
        status,
        diagnostic,
        original_message_id: None,
    }
}

/// The server's words, without the returned letter below them.
fn above_returned(text: &str) -> &str {
    let marks = [
        "------ This is a copy",
        "--- Below this line is a copy",
        "------ The body of the message",
        "--- The header of the original message",
        "----- Original message -----",
        "Return-path:",
        "Return-Path:",
        "Received: from",
    ];
    let end = marks
        .iter()
        .filter_map(|mark| text.find(mark))
        .min()
        .unwrap_or(text.len());
    &text[..end]
}

fn first_address(text: &str) -> Option<String> {
    text.split([' ', '\n', '\t', '<', '>', '"', '(', ')', ',', ';'])
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .find(|word| {
            word.split_once('@')
                .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        })
        .map(str::to_owned)
}

/// The class of an SMTP reply that stands in a line: `550 5.1.1 no such user`.
fn reply_code(line: &str) -> Option<char> {
    let mut words = line.split([' ', '-', '#', ':']);
    words
        .by_ref()
        .find(|word| {
            word.len() == 3
                && word.starts_with(['4', '5'])
                && word.chars().all(|letter| letter.is_ascii_digit())
        })
        .and_then(|code| code.chars().next())
}

// ---- the letter that came back --------------------------------------------------------------------------------------

fn original_message_id(message: &Headers, parts: &Parts, text: &str) -> Option<String> {
    let returned = parts
        .attachments
        .iter()
        .find_map(returned_headers)
        .and_then(|headers| headers.ids("message-id").into_iter().next());
    let in_text = || {
        text.lines()
            .filter_map(|line| line.trim().split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("message-id"))
            .and_then(|(_, value)| headers::path(value))
            .filter(|id| !id.is_empty())
    };
    let answered = || {
        message
            .ids("in-reply-to")
            .into_iter()
            .next()
            .or_else(|| message.ids("references").pop())
    };
    returned.or_else(in_text).or_else(answered)
}
