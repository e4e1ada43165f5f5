//! Delivery reports: RFC 3464, and the prose of servers that know it not (Exim, qmail, old Exchange).

use super::headers::{self, Headers};
use super::mime::{Parts, returned_headers};
use super::phrases::{bounces, first_at_start, first_in, searchable};
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
    let above = above_returned(text);
    let words = searchable(above);
    let mut bounce = match status {
        Some(status) => report(&status.content, &words)?,
        None if is_prose_report(message, parts, &words, from, subject) => prose(message, above, &words),
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

/// `words` is the report's own prose, searchable.
fn report(content: &[u8], words: &str) -> Option<Bounce> {
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
        let Some(bounce) = recipient_report(block, words) else {
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
            let status = status_in(words);
            Some(Bounce {
                severity: severity(action_in(words), status.as_deref(), None, words),
                recipient: None,
                status,
                diagnostic: None,
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

fn recipient_report(block: &Headers, words: &str) -> Option<Bounce> {
    let action = match block.first("action") {
        Some(action) => action.trim().to_ascii_lowercase(),
        None => action_in(words).to_owned(),
    };
    let action = action.split([' ', '(']).next().unwrap_or_default();
    // RFC 3464: delivered, relayed and expanded are good news.
    if matches!(action, "delivered" | "relayed" | "expanded") {
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
    let told = diagnostic.as_deref().and_then(status_in);
    // "5.0.0" says no more than "failed"; the server it failed at says why.
    let status = match block.first("status").and_then(status_in) {
        Some(vague) if vague.ends_with(".0.0") => told.or(Some(vague)),
        given => given.or(told),
    };
    let words = searchable(&format!("{} {words}", diagnostic.as_deref().unwrap_or_default()));
    Some(Bounce {
        severity: severity(action, status.as_deref(), diagnostic.as_deref(), &words),
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

fn severity(action: &str, status: Option<&str>, diagnostic: Option<&str>, words: &str) -> BounceSeverity {
    let class = status.and_then(|status| status.chars().next());
    let said = |phrases| first_in(words, phrases).is_some();
    // "No such user" is what it is, even where the help text below speaks of full mailboxes.
    let address_is_bad = status.is_some_and(|status| status.starts_with("5.1."));
    let full =
        status.is_some_and(|status| status.ends_with(".2.2")) || (!address_is_bad && said(&bounces().full));
    let refused_for_now = diagnostic.and_then(reply_code) == Some('4');
    let coded = class == Some('4') || (refused_for_now && !address_is_bad);
    let told = (says_little(status, diagnostic) && said(&bounces().passing)) || passes(status, diagnostic);
    if action == "delayed" {
        BounceSeverity::Delayed
    } else if full || coded || told {
        BounceSeverity::Soft
    } else {
        BounceSeverity::Hard
    }
}

/// The server itself says that the trouble passes, whatever code it gives.
fn passes(status: Option<&str>, diagnostic: Option<&str>) -> bool {
    let final_code = status.is_some_and(|status| status.starts_with("5.1.") || status.starts_with("5.7."));
    !final_code && diagnostic.is_some_and(|words| first_in(&searchable(words), &bounces().passing).is_some())
}

/// No code, a vague one, or one for the way there, on which troubles pass or stay.
fn says_little(status: Option<&str>, diagnostic: Option<&str>) -> bool {
    match status {
        Some(status) => status.ends_with(".0.0") || status.starts_with("5.4."),
        None => diagnostic.and_then(reply_code).is_none(),
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

/// A report without RFC 3464: a server speaks (its address or the null sender), of a delivery that failed.
fn is_prose_report(
    message: &Headers,
    parts: &Parts,
    words: &str,
    from: Option<&Mailbox>,
    subject: &str,
) -> bool {
    if parts.report_type.as_deref() == Some("delivery-status") || message.has("x-ms-exchange-message-is-ndr")
    {
        return true;
    }
    let local = from
        .and_then(|from| from.address.split('@').next())
        .unwrap_or_default()
        .to_lowercase();
    let reporter = first_at_start(&local, &bounces().reporters).is_some();
    let null_sender = message
        .first("return-path")
        .and_then(headers::path)
        .is_some_and(|path| path.is_empty());
    let failed = message.has("x-failed-recipients");
    if !reporter && !null_sender && !failed {
        return false;
    }
    let subject = searchable(subject);
    let by_subject = first_at_start(&subject, &bounces().subjects).is_some();
    let by_text = || first_in(words, &bounces().failed).is_some();
    // The people behind postmaster@ answer too.
    let answers = ["re:", "re :", "aw:", "antw:", "rep:"]
        .iter()
        .any(|start| subject.starts_with(start));
    (failed && (reporter || null_sender || by_subject))
        || (reporter && (by_subject || (!answers && by_text())))
        || (null_sender && by_subject && by_text())
}

fn prose(message: &Headers, above: &str, words: &str) -> Bounce {
    let recipient = message
        .addresses("x-failed-recipients")
        .into_iter()
        .next()
        .map(|mailbox| mailbox.address)
        .or_else(|| first_foreign_address(message, above));
    let diagnostic = above
        .lines()
        .map(str::trim)
        .find(|line| reply_code(line).is_some())
        .map(str::to_owned);
    let status = diagnostic
        .as_deref()
        .and_then(status_in)
        .or_else(|| status_in(above));
    Bounce {
        severity: severity(action_in(words), status.as_deref(), diagnostic.as_deref(), words),
        recipient,
        status,
        diagnostic,
        original_message_id: None,
    }
}

/// What the prose says was done, in the words of RFC 3464.
fn action_in(words: &str) -> &'static str {
    match first_in(words, &bounces().delayed) {
        Some(_) => "delayed",
        None => "failed",
    }
}

/// The server's words, without the returned letter below them.
fn above_returned(text: &str) -> &str {
    let end = bounces()
        .returned_below
        .iter()
        .filter_map(|mark| text.find(mark.as_str()))
        .min()
        .unwrap_or(text.len());
    &text[..end]
}

/// The first address of the text that is neither ours, to whom the report is sent, nor the reporter's.
fn first_foreign_address(message: &Headers, text: &str) -> Option<String> {
    let known: Vec<Mailbox> = ["to", "from", "cc", "delivered-to"]
        .into_iter()
        .flat_map(|name| message.addresses(name))
        .collect();
    text.split([' ', '\n', '\t', '<', '>', '"', '(', ')', ',', ';', '[', ']'])
        .map(|word| word.trim_start_matches("mailto:"))
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| {
            word.split_once('@')
                .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        })
        .find(|word| {
            known
                .iter()
                .all(|known| !known.address.eq_ignore_ascii_case(word))
        })
        .map(str::to_owned)
}

/// The class of an SMTP reply that stands in a line: `550 5.1.1 no such user`.
fn reply_code(line: &str) -> Option<char> {
    let mut words = line.split([' ', '-', '#', ':', ';']);
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
    let id_of = |headers: Headers| headers.ids("message-id").into_iter().next();
    let returned = parts
        .attachments
        .iter()
        .filter_map(returned_headers)
        .find_map(id_of);
    let as_text = || {
        parts
            .attachments
            .iter()
            .filter(|part| part.content_type.starts_with("text/"))
            .find_map(|part| id_in_text(&decode::text(&part.content, None)))
    };
    let answered = || {
        message
            .ids("in-reply-to")
            .into_iter()
            .next()
            .or_else(|| message.ids("references").pop())
            .or_else(|| message.ids("x-original-message-id").pop())
            .or_else(|| message.ids("x-ms-exchange-parent-message-id").pop())
    };
    returned
        .or_else(|| id_in_text(text))
        .or_else(as_text)
        .or_else(answered)
}

/// `Message-ID: <a@b>`, also with the id on the next line, and as servers of other languages name it.
fn id_in_text(text: &str) -> Option<String> {
    const NAMES: &[&str] = &[
        "message-id",
        "message id",
        "messageid",
        "id de message",
        "id du message",
        "identifiant du message",
        "bericht-id",
        "berichten-id",
        "nachrichten-id",
    ];
    const LABEL_BYTES_MAX: usize = 40;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let label = name
            .trim()
            .trim_start_matches(['>', '*', '-', ' '])
            .to_lowercase();
        if name.len() > LABEL_BYTES_MAX || !NAMES.iter().any(|known| label.ends_with(known)) {
            continue;
        }
        let value = if value.trim().is_empty() {
            lines.next().unwrap_or_default()
        } else {
            value
        };
        if let Some(id) = headers::path(value.trim()).filter(|id| !id.is_empty()) {
            return Some(id);
        }
    }
    None
}

#[cfg(test)]
mod tests;
