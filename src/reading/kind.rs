//! What a message is by its form: written by a person, by a robot, by a mail server, for the many.

use jiff::civil::Date;

use super::headers::{self, Headers};
use super::mime::Parts;
use super::phrases::{first_at_start, first_in, robots, searchable};
use super::reach::reach;
use super::{AutoReplyReach, Mailbox, MessageKind, absence, bounce};

/// What the kind is judged by.
pub(crate) struct Evidence<'a> {
    pub headers: &'a Headers,
    pub parts: &'a Parts,
    pub from: Option<&'a Mailbox>,
    pub subject: &'a str,
    /// The day the message was written, in its sender's own offset.
    pub date: Option<Date>,
    /// The whole text of the body.
    pub text: &'a str,
    /// The text without what is quoted in it.
    pub unquoted: &'a str,
    /// Whether an earlier mail is quoted.
    pub has_quote: bool,
}

pub(crate) fn judge(evidence: &Evidence<'_>) -> MessageKind {
    if let Some(bounce) = bounce::read(
        evidence.headers,
        evidence.parts,
        evidence.text,
        evidence.from,
        evidence.subject,
    ) {
        return MessageKind::Bounce(bounce);
    }
    // A list's mail may say `Auto-Submitted: auto-generated`: its own headers tell more.
    if let Some(signal) = bulk_signal(evidence) {
        return MessageKind::Bulk { signal };
    }
    match auto_reply_signal(evidence) {
        Some(signal) => auto_reply(signal, evidence),
        None => MessageKind::Personal,
    }
}

fn auto_reply(signal: String, evidence: &Evidence<'_>) -> MessageKind {
    let said = format!("{}.\n\n{}", own_subject(evidence.subject), evidence.unquoted);
    let is_report = evidence.parts.report_type.is_some();
    let (mut reached, mut returns_on) = (AutoReplyReach::WillBeRead, None);
    if !is_report {
        returns_on = absence::returns_on(&said, evidence.date);
        reached = reach(&searchable(&said), returns_on);
    }
    if reached == AutoReplyReach::NobodyReached {
        returns_on = None;
    }
    MessageKind::AutoReply {
        signal,
        reach: reached,
        returns_on,
    }
}

/// What a responder put before the subject of our letter.
fn own_subject(subject: &str) -> &str {
    let lower = subject.to_ascii_lowercase();
    let ours = ["re:", "re :", "aw:", "antw:", "antw.:"]
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min();
    &subject[..ours.unwrap_or(subject.len())]
}

fn auto_reply_signal(evidence: &Evidence<'_>) -> Option<String> {
    signal_of_headers(evidence)
        .or_else(|| has_null_sender(evidence.headers).then(|| "null envelope sender".to_owned()))
        .or_else(|| {
            // Customers choose odd subjects, and tell of their holidays beside their answer.
            if has_answer(evidence) {
                return None;
            }
            signal_of_subject(evidence.subject).or_else(|| signal_of_words(evidence))
        })
}

fn has_null_sender(headers: &Headers) -> bool {
    headers
        .first("return-path")
        .and_then(headers::path)
        .is_some_and(|path| path.is_empty())
}

/// Whether the text holds what only a customer has to say: a long number, a word of our questions.
fn has_answer(evidence: &Evidence<'_>) -> bool {
    holds_long_number(evidence.unquoted, evidence.subject) || {
        let said = searchable(evidence.unquoted);
        let mut words =
            said.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '\'')));
        words.any(|word| robots().answer.iter().any(|known| known == word))
    }
}

fn signal_of_headers(evidence: &Evidence<'_>) -> Option<String> {
    let headers = evidence.headers;
    // RFC 3834: `no` is a person's; a comment or a parameter may follow the keyword.
    let submitted = headers
        .first("auto-submitted")
        .map(|value| value.trim().to_ascii_lowercase());
    if let Some(value) = submitted.filter(|value| !value.is_empty() && !keyword_is(value, "no")) {
        return Some(format!("Auto-Submitted: {value}"));
    }
    if let Some(kind) = evidence.parts.report_type.as_deref() {
        return Some(format!("multipart/report; report-type={kind}"));
    }
    let receipt = |part: &super::Attachment| part.content_type == "message/disposition-notification";
    if evidence.parts.attachments.iter().any(receipt) {
        return Some("message/disposition-notification".to_owned());
    }
    if evidence.parts.attachments.iter().any(is_calendar_reply) && evidence.unquoted.trim().is_empty() {
        return Some("text/calendar; method=REPLY".to_owned());
    }
    if let Some(name) = robots().responder_headers.iter().find(|name| {
        headers
            .first(name)
            .is_some_and(|value| !value.eq_ignore_ascii_case("no"))
    }) {
        return Some(format!("header {name}"));
    }
    // Mailman, to one who wrote to a list.
    if headers.has("x-list-administrivia") {
        return Some("header x-list-administrivia".to_owned());
    }
    // Lotus Notes and the post office write it into a class of their own.
    let class = headers
        .first("x-post-messageclass")
        .unwrap_or_default()
        .to_ascii_lowercase();
    if class.contains("autoresponder") {
        return Some(format!("X-POST-MessageClass: {class}"));
    }
    let rules_agent = headers
        .first("x-ms-exchange-generated-message-source")
        .is_some_and(|value| value.to_ascii_lowercase().contains("rules agent"));
    if rules_agent {
        return Some("X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent".to_owned());
    }
    matches!(precedence(headers).as_str(), "auto_reply" | "auto_reply_bulk")
        .then(|| "Precedence: auto_reply".to_owned())
}

fn precedence(headers: &Headers) -> String {
    let value = ["precedence", "x-precedence", "preference"]
        .into_iter()
        .find_map(|name| headers.first(name));
    value
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
        .replace('-', "_")
}

fn signal_of_subject(subject: &str) -> Option<String> {
    let start = first_at_start(searchable(subject).trim_start(), &robots().responder_subjects)?;
    Some(format!("subject begins with \"{start}\""))
}

/// Responders that set no header at all: told by what they say, by subject and words together, and only where nothing is
/// quoted.
fn signal_of_words(evidence: &Evidence<'_>) -> Option<String> {
    /// A person who writes more has something to say.
    const ROBOT_TEXT_BYTES_MAX: usize = 2000;
    let words = robots();
    let unsent = is_no_reply(evidence.from);
    if evidence.has_quote || (!unsent && evidence.text.len() > ROBOT_TEXT_BYTES_MAX) {
        return None;
    }
    let text = searchable(evidence.text);
    let bulk = matches!(precedence(evidence.headers).as_str(), "bulk" | "junk");
    let weak = || first_in(&text, &words.robot_weak).filter(|_| unsent || bulk);
    if let Some(said) = first_in(&text, &words.robot).or_else(weak) {
        return Some(format!("text says \"{said}\""));
    }
    let subject = searchable(evidence.subject);
    let before_ours = own_subject(evidence.subject);
    let answered = before_ours.len() < evidence.subject.len();
    let absence_in_subject = answered && first_in(&searchable(before_ours), &words.absent_subjects).is_some();
    if let Some(said) = first_in(&text, &words.absent)
        && (absence_in_subject || first_in(&text, &words.urgent).is_some())
    {
        return Some(format!("text says \"{said}\""));
    }
    let ticket = first_at_start(&subject, &words.ticket_subjects).is_some();
    let promise = || !answered && first_in(&text, &words.answer_promised).is_some();
    match first_in(&text, &words.received) {
        Some(said) if ticket || promise() => Some(format!("receipt: \"{said}\"")),
        _ => first_in(&text, &words.challenge).map(|said| format!("challenge: \"{said}\"")),
    }
}

/// More digits in a row than a phone number has, and not the number of a ticket, which the subject has too.
fn holds_long_number(text: &str, subject: &str) -> bool {
    const LONG_NUMBER_DIGITS: usize = 14;
    text.split(|letter: char| letter.is_alphabetic() || letter == '\n')
        .map(|piece| piece.trim_matches(|letter: char| !letter.is_ascii_digit()))
        .filter(|number| !subject.contains(number))
        .any(|number| number.chars().filter(char::is_ascii_digit).count() >= LONG_NUMBER_DIGITS)
}

fn keyword_is(value: &str, keyword: &str) -> bool {
    value.split([' ', ';', '(']).next() == Some(keyword)
}

fn is_no_reply(from: Option<&Mailbox>) -> bool {
    let local = from
        .and_then(|from| from.address.split('@').next())
        .unwrap_or_default()
        .to_lowercase();
    let local: String = local.chars().filter(|letter| letter.is_alphanumeric()).collect();
    [
        "noreply",
        "donotreply",
        "nepasrepondre",
        "nietantwoorden",
        "nichtantworten",
        "autoreply",
        "autoresponder",
    ]
    .iter()
    .any(|name| local.starts_with(name))
}

/// A yes or no to an invitation, as a calendar writes it (RFC 5546, 3.2.3), without a word of its owner's.
fn is_calendar_reply(part: &super::Attachment) -> bool {
    if part.content_type != "text/calendar" {
        return false;
    }
    let entry = super::text_of(&part.content).to_ascii_uppercase();
    entry.lines().any(|line| line.trim() == "METHOD:REPLY")
        && !entry.lines().any(|line| line.starts_with("COMMENT"))
}

/// A customer may write through a group address, whose mail looks like a list's; a newsletter knows no reference of ours, and
/// no home's EAN.
fn names_a_registration(evidence: &Evidence<'_>) -> bool {
    const REFERENCE_START: &str = "REG-";
    let addressed = ["to", "cc", "delivered-to", "x-original-to"]
        .into_iter()
        .flat_map(|name| evidence.headers.all(name));
    addressed
        .chain([evidence.subject, evidence.text])
        .any(|text| text.to_uppercase().contains(REFERENCE_START))
        || holds_ean(evidence.text)
}

/// Eighteen digits that begin as those of Belgium do, however they are grouped.
fn holds_ean(text: &str) -> bool {
    const EAN_DIGITS: usize = 18;
    const BELGIUM: &str = "54";
    text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ' ' | '.' | '-' | '\u{A0}')))
        .map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>())
        .any(|digits| digits.len() == EAN_DIGITS && digits.starts_with(BELGIUM))
}

/// Neither a receipt nor an absence nor a challenge: nothing that a letter of ours brought about.
fn is_unasked(evidence: &Evidence<'_>) -> bool {
    let words = robots();
    let said = searchable(&format!("{} {}", evidence.subject, evidence.unquoted));
    let answers = [
        &words.received,
        &words.absent,
        &words.challenge,
        &words.robot,
        &words.nobody_reached,
    ];
    let answers_ours = evidence.headers.has("x-auto-response-suppress")
        || evidence.headers.has("x-ms-exchange-generated-message-source");
    let advertises = evidence.text.contains("http");
    advertises
        && !answers_ours
        && !has_null_sender(evidence.headers)
        && answers
            .into_iter()
            .all(|phrases| first_in(&said, phrases).is_none())
        && signal_of_subject(evidence.subject).is_none()
}

/// Mail for the many. What answers a mail of somebody's is not that, though a list carried it.
fn bulk_signal(evidence: &Evidence<'_>) -> Option<String> {
    let headers = evidence.headers;
    // RFC 3834: what was replied automatically answers a mail; so does what a list says of itself to one who wrote to it.
    let answers = headers
        .first("auto-submitted")
        .is_some_and(|value| value.trim().to_ascii_lowercase().starts_with("auto-replied"))
        || headers.has("x-list-administrivia");
    if answers
        || headers.has("in-reply-to")
        || headers.has("references")
        || evidence.parts.report_type.is_some()
        || names_a_registration(evidence)
    {
        return None;
    }
    let precedence = headers
        .first("precedence")
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let list_header = [
        "list-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "list-post",
    ]
    .into_iter()
    .find(|name| headers.has(name));
    let campaign = [
        "feedback-id",
        "x-campaign",
        "x-campaignid",
        "x-campaign-id",
        "x-mailgun-tag",
        "x-mc-user",
        "x-csa-complaints",
        "x-mailer-recptid",
    ]
    .into_iter()
    .find(|name| headers.has(name));
    // RFC 3834: what a machine sends of its own accord answers nothing of ours.
    let generated = headers
        .first("auto-submitted")
        .is_some_and(|value| keyword_is(&value.trim().to_ascii_lowercase(), "auto-generated"));
    if generated && list_header.is_none() && is_unasked(evidence) {
        return Some("Auto-Submitted: auto-generated".to_owned());
    }
    match (list_header, precedence.as_str()) {
        (Some(name), "bulk" | "list" | "junk") => Some(format!("header {name} and Precedence: {precedence}")),
        (Some("list-unsubscribe" | "list-unsubscribe-post"), _) => Some("header list-unsubscribe".to_owned()),
        (Some(name), _) => Some(format!("header {name}")),
        (None, "list") => Some("Precedence: list".to_owned()),
        (None, "bulk" | "junk") if campaign.is_some() => Some(format!("Precedence: {precedence}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::reading::{MessageKind, read};

    fn kind(headers: &str, text: &str) -> &'static str {
        let raw = format!("From: Jan <jan@a.test>\r\nTo: care@example.test\r\n{headers}\r\n\r\n{text}\r\n");
        match read(raw.as_bytes()).kind {
            MessageKind::Personal => "personal",
            MessageKind::AutoReply { .. } => "auto_reply",
            MessageKind::Bounce(_) => "bounce",
            MessageKind::Bulk { .. } => "bulk",
        }
    }

    #[test]
    fn robots_by_header_or_subject() {
        for headers in [
            "Subject: Re: x\r\nAuto-Submitted: auto-replied (vacation)",
            "Subject: Re: x\r\nPrecedence: auto_reply",
            "Subject: Re: x\r\nX-Autoreply: yes",
            "Subject: Re: x\r\nReturn-Path: <>",
            "Subject: =?utf-8?Q?R=C3=A9ponse_automatique=C2=A0=3A_x?=",
            "Subject: Automatisch antwoord: x",
            "Subject: Automatische Antwort: x",
            "Subject: Gelezen: x",
            "Subject: Out of Office Re: x",
            "Subject: Petites vacances ! Re: x",
        ] {
            let text = if headers.contains("Petites") {
                "Je suis en vacances."
            } else {
                "Tot later"
            };
            assert_eq!(kind(headers, text), "auto_reply", "{headers}");
        }
    }

    #[test]
    fn persons_stay_persons() {
        for headers in [
            "Subject: Re: x\r\nAuto-Submitted: no",
            "Subject: Re: x\r\nX-Auto-Response-Suppress: All",
            "Subject: Re: Automatic reply: x",
            "Subject: Re: x\r\nIn-Reply-To: <a@b>\r\nList-Unsubscribe: <https://a.test>",
            "Subject: vacances",
        ] {
            assert_eq!(
                kind(headers, "Je suis en vacances, mon EAN suit. I am out of office."),
                "personal",
                "{headers}"
            );
        }
    }

    #[test]
    fn robots_without_any_header_are_known_by_what_they_say() {
        let robots = [
            (
                "Subject: Re: x",
                "Ik ben afwezig tot 12 november. Voor dringende zaken: 0485 71 92 03.",
            ),
            (
                "Subject: Re: x",
                "Je suis absente jusqu'au 12. En cas d'urgence, appelez ma collègue.",
            ),
            ("Subject: [Ticket 881] x", "Wij hebben uw bericht goed ontvangen."),
            (
                "Subject: [Ticket#2026111710000123] x",
                "Vorgang 2026111710000123. Diese E-Mail wurde maschinell erzeugt.",
            ),
            (
                "Subject: Re: x",
                "Votre message est en attente : cliquez ici (Mailinblack).",
            ),
        ];
        for (headers, text) in robots {
            assert_eq!(kind(headers, text), "auto_reply", "{text}");
        }
        let persons = [
            "Ik ben afwezig tot 12 november, daarna zoek ik het nummer op.",
            "Je suis absente et c'est urgent : 5414 4882 0012 3456 78.",
            "C'est urgent !\r\n\r\nLe 12/10/2026 à 14:03, X a écrit :\r\n> Je suis absent du bureau",
        ];
        for text in persons {
            assert_eq!(kind("Subject: Re: x", text), "personal", "{text}");
        }
    }

    #[test]
    fn a_customers_group_address_is_no_newsletter() {
        let headers = "Subject: Uw aanvraag REG-7BM4C9XR\r\nList-Id: <team.a.test>\r\nPrecedence: list";
        assert_eq!(kind(headers, "EAN 541448820012345678"), "personal");
    }

    #[test]
    fn a_list_that_answers_or_a_home_that_is_named_is_no_newsletter() {
        let list = "Subject: x\r\nList-Id: <a.test>\r\nPrecedence: bulk";
        assert_eq!(kind(list, "Promo"), "bulk");
        for (more, text, wanted) in [
            (
                "\r\nAuto-Submitted: auto-replied",
                "Awaits approval",
                "auto_reply",
            ),
            ("\r\nX-List-Administrivia: yes", "Awaits approval", "auto_reply"),
            ("", "EAN 5414 4882 0012 3456 78", "personal"),
            ("", "dossier REG-7BM4C9XR", "personal"),
        ] {
            assert_eq!(kind(&format!("{list}{more}"), text), wanted, "{more} {text}");
        }
    }

    #[test]
    fn a_calendars_answer_is_a_robots_unless_its_owner_says_something() {
        let reply = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR";
        let headers = "Subject: Accepted: x\r\nContent-Type: text/calendar; method=REPLY";
        assert_eq!(kind(headers, reply), "auto_reply");
        let commented = reply.replace("END:", "COMMENT:Bel mij eens\r\nEND:");
        assert_eq!(kind(headers, &commented), "personal");
        assert_eq!(kind(headers, &reply.replace("REPLY", "REQUEST")), "personal");
    }

    #[test]
    fn newsletters_are_bulk() {
        assert_eq!(
            kind(
                "Subject: x\r\nList-Unsubscribe: <https://a.test>\r\nPrecedence: bulk",
                "Promo"
            ),
            "bulk"
        );
    }
}
