//! A customer's mail as mail programs make it: RFC 5322, with the letter it answers quoted in the program's own way.

use std::fmt::Write;
use std::time::SystemTime;

use anyhow::Context;
use jiff::Timestamp;
use lettre::address::{Address, Envelope};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::voice;
use crate::registration::Language;

/// Message-IDs in References, at most.
const REFERENCES_MAX: usize = 10;

/// How the mail program makes a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// The answer on top, as text and HTML, the letter quoted beneath.
    Webmail,
    /// The answer on top, text alone, the letter with `>` beneath.
    Desktop,
    /// As [`Form::Desktop`], with the phone's footer under the answer.
    Phone,
    /// HTML alone, with Outlook's header block over the quote.
    Outlook,
    /// The answers stand within the quoted letter, each under the paragraph that begins with its question's number.
    InsideQuote(Vec<(usize, String)>),
    /// What a mail server sends by itself while its owner is away (RFC 3834).
    AutoReply,
}

/// The letter that is answered, as the customer's mail program has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Without angle brackets.
    pub message_id: String,
    /// Without angle brackets, oldest first.
    pub references: Vec<String>,
    pub from_name: String,
    pub from_address: String,
    /// Where an answer goes.
    pub reply_to: String,
    pub subject: String,
    /// The text part.
    pub text: String,
    pub sent_at: Timestamp,
}

/// A mail of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub language: Language,
    pub from_name: String,
    pub from_address: String,
    /// Without angle brackets.
    pub message_id: String,
    pub at: Timestamp,
    pub form: Form,
    /// None: `Re: ` and the letter's.
    pub subject: Option<String>,
    /// What the customer wrote.
    pub own: String,
}

impl Mail {
    /// The message with CRLF line ends.
    pub fn compose(&self, answered: &Answered) -> anyhow::Result<Vec<u8>> {
        let from: Address = self.from_address.parse().context("the customer's address")?;
        let to: Address = answered.reply_to.parse().context("the letter's reply address")?;
        let envelope = Envelope::new(Some(from.clone()), vec![to.clone()])?;
        let mut references = answered.references.clone();
        references.push(answered.message_id.clone());
        let oldest_kept = references.len().saturating_sub(REFERENCES_MAX);
        let references: Vec<String> = references[oldest_kept..]
            .iter()
            .map(|id| format!("<{id}>"))
            .collect();
        let subject = match &self.subject {
            Some(subject) => subject.clone(),
            None => format!("{}{}", voice::reply_prefix(self.language), answered.subject),
        };
        let mut builder = Message::builder()
            .envelope(envelope)
            .message_id(Some(format!("<{}>", self.message_id)))
            .date(SystemTime::from(self.at))
            .from(Mailbox::new(Some(self.from_name.clone()), from))
            .to(Mailbox::new(Some(answered.from_name.clone()), to))
            .subject(subject)
            .in_reply_to(format!("<{}>", answered.message_id))
            .references(references.join(" "));
        if self.form == Form::AutoReply {
            let name = HeaderName::new_from_ascii_str("Auto-Submitted");
            builder = builder.raw_header(HeaderValue::new(name, "auto-replied".into()));
        }
        let message = match &self.form {
            Form::Webmail => {
                let boundary = format!("=_{}", self.message_id.replace('@', "."));
                let parts = MultiPart::alternative()
                    .boundary(boundary)
                    .singlepart(part(ContentType::TEXT_PLAIN, self.text(answered)))
                    .singlepart(part(ContentType::TEXT_HTML, self.webmail_html(answered)));
                builder.multipart(parts)?
            }
            Form::Outlook => builder.singlepart(part(ContentType::TEXT_HTML, self.outlook_html(answered)))?,
            Form::Desktop | Form::Phone | Form::InsideQuote(_) | Form::AutoReply => {
                builder.singlepart(part(ContentType::TEXT_PLAIN, self.text(answered)))?
            }
        };
        Ok(message.formatted())
    }

    fn attribution(&self, answered: &Answered) -> String {
        voice::attribution(
            self.language,
            answered.sent_at,
            &answered.from_name,
            &answered.from_address,
        )
    }

    fn text(&self, answered: &Answered) -> String {
        let own = self.own.trim_end();
        let attribution = self.attribution(answered);
        match &self.form {
            Form::AutoReply => format!("{own}\n"),
            Form::InsideQuote(answers) => {
                let quoted = quoted_with_answers(&answered.text, answers);
                format!("{own}\n\n{attribution}\n{quoted}")
            }
            Form::Phone => {
                let footer = voice::phone_footer(self.language);
                format!("{own}\n\n{footer}\n\n{attribution}\n\n{}", quoted(&answered.text))
            }
            Form::Webmail | Form::Desktop | Form::Outlook => {
                format!("{own}\n\n{attribution}\n\n{}", quoted(&answered.text))
            }
        }
    }

    fn webmail_html(&self, answered: &Answered) -> String {
        let own = self
            .own
            .trim_end()
            .lines()
            .map(escaped)
            .collect::<Vec<_>>()
            .join("<br>");
        let letter = answered
            .text
            .lines()
            .map(escaped)
            .collect::<Vec<_>>()
            .join("<br>");
        let attribution = escaped(&self.attribution(answered));
        format!(
            "<div dir=\"ltr\">{own}</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">\
             {attribution}<br></div><blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex;border-left:1px solid \
             #ccc;padding-left:1ex\">{letter}</blockquote></div>\n"
        )
    }

    fn outlook_html(&self, answered: &Answered) -> String {
        let mut html = String::from(
            "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta http-equiv=\"Content-Type\" \
             content=\"text/html; charset=utf-8\"></head><body lang=\"X-NONE\"><div class=\"WordSection1\">",
        );
        for line in self.own.trim_end().lines() {
            paragraph(&mut html, &escaped(line));
        }
        paragraph(&mut html, "");
        let [from, sent, to, subject] = voice::outlook_labels(self.language);
        let date = voice::outlook_date(self.language, answered.sent_at);
        // Writing to a String cannot fail.
        let _ = write!(
            html,
            "<div><div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p \
             class=\"MsoNormal\"><b>{from}</b> {} &lt;{}&gt;<br><b>{sent}</b> {date}<br><b>{to}</b> {}<br>\
             <b>{subject}</b> {}</p></div></div>",
            escaped(&answered.from_name),
            escaped(&answered.from_address),
            escaped(&self.from_address),
            escaped(&answered.subject),
        );
        for line in answered.text.lines() {
            paragraph(&mut html, &escaped(line));
        }
        html.push_str("</div></body></html>\n");
        html
    }
}

fn part(content_type: ContentType, body: String) -> SinglePart {
    SinglePart::builder()
        .header(content_type)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(body)
}

/// A paragraph as Outlook writes it: an empty one holds a no-break space.
fn paragraph(html: &mut String, escaped: &str) {
    let content = if escaped.trim().is_empty() {
        "<o:p>&nbsp;</o:p>"
    } else {
        escaped
    };
    let _ = write!(html, "<p class=\"MsoNormal\">{content}</p>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for line in text.trim_end().lines() {
        quote_line(&mut quoted, line);
    }
    quoted
}

fn quote_line(quoted: &mut String, line: &str) {
    if line.is_empty() {
        quoted.push_str(">\n");
    } else {
        quoted.push_str("> ");
        quoted.push_str(line);
        quoted.push('\n');
    }
}

/// The letter quoted, each answer under the paragraph of its question.
fn quoted_with_answers(text: &str, answers: &[(usize, String)]) -> String {
    let mut quoted = String::new();
    let mut open = None;
    for line in text.trim_end().lines() {
        if let Some(found) = answers
            .iter()
            .find(|(number, _)| line.starts_with(&format!("{number}. ")))
        {
            open = Some(found);
        }
        if line.trim().is_empty()
            && let Some((_, answer)) = open.take()
        {
            let _ = write!(quoted, "\n{answer}\n\n");
        }
        quote_line(&mut quoted, line);
    }
    if let Some((_, answer)) = open {
        let _ = write!(quoted, "\n{answer}\n");
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{self, MessageKind, Role};

    const OWN: &str = "Bonjour,\n\n1. 5414 4882 0012 3456 78\n\nCordialement,\nAnaïs Delacroy";

    fn answered() -> Answered {
        Answered {
            message_id: "letter.2@voltaris.example".into(),
            references: vec!["letter.1@voltaris.example".into()],
            from_name: "Voltaris".into(),
            from_address: "care@voltaris.example".into(),
            reply_to: "care+token@voltaris.example".into(),
            subject: "Votre demande REG-7K3M9Q2X".into(),
            text: "Bonjour Anaïs Delacroy,\n\nNotre question\n\n1. Code EAN électricité : cette information manque.\n\
                   Pouvez-vous nous la communiquer ?\n\nComment répondre ?\nRépondez simplement.\n"
                .into(),
            sent_at: "2026-11-23T15:04:00Z".parse().unwrap(),
        }
    }

    fn mail(form: Form) -> Mail {
        Mail {
            language: Language::Fr,
            from_name: "Anaïs Delacroy".into(),
            from_address: "anais@post.example".into(),
            message_id: "reply-1@post.example".into(),
            at: "2026-11-23T15:05:00Z".parse().unwrap(),
            form,
            subject: None,
            own: OWN.into(),
        }
    }

    #[test]
    fn every_form_is_read_as_a_reply_whose_own_text_is_what_was_written() {
        for form in [Form::Webmail, Form::Desktop, Form::Phone, Form::Outlook] {
            let raw = mail(form.clone()).compose(&answered()).unwrap();
            let message = reading::read(&raw);
            assert_eq!(message.in_reply_to, ["letter.2@voltaris.example"], "{form:?}");
            assert_eq!(message.references.len(), 2);
            assert_eq!(message.to[0].address, "care+token@voltaris.example");
            assert_eq!(
                message.from.as_ref().unwrap().name.as_deref(),
                Some("Anaïs Delacroy")
            );
            assert_eq!(message.subject, "Re: Votre demande REG-7K3M9Q2X");
            assert_eq!(message.kind, MessageKind::Personal);
            let own = message.body.own_text();
            assert!(own.contains("5414 4882 0012 3456 78"), "{form:?}: {own}");
            assert!(!own.contains("Pouvez-vous"), "{form:?}: {own}");
        }
    }

    #[test]
    fn an_answer_inside_the_quote_stands_under_its_question() {
        let answers = vec![(1, "5414 4882 0012 3456 78".to_owned())];
        let raw = mail(Form::InsideQuote(answers)).compose(&answered()).unwrap();
        let text = reading::read(&raw).body.text;
        let place = |piece: &str| text.find(piece).unwrap();
        assert!(place("nous la communiquer ?") < text.rfind("5414 4882").unwrap());
        assert!(text.rfind("5414 4882").unwrap() < place("Comment répondre ?"));
    }

    #[test]
    fn an_automatic_reply_says_that_it_is_one() {
        let raw = mail(Form::AutoReply).compose(&answered()).unwrap();
        let message = reading::read(&raw);
        assert!(
            matches!(message.kind, MessageKind::AutoReply { .. }),
            "{:?}",
            message.kind
        );
        assert!(message.body.pieces(Role::Quoted).next().is_none());
    }
}
