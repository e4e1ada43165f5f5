//! `estafette read MESSAGE.eml...`: a JSON line each of what the reader makes of a message.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use crate::reading::{self, Attachment, Mailbox, Message, MessageKind, ReadingFault};

/// Exit status when an input could not be read; the others are still done.
pub(super) const EXIT_BAD_INPUT: u8 = 2;

/// One line of the output.
#[derive(Debug, Serialize)]
struct Reading<'a> {
    file: String,
    message_id: Option<&'a str>,
    in_reply_to: Option<&'a str>,
    references: &'a [String],
    from: Option<&'a Mailbox>,
    to: &'a [Mailbox],
    subject: &'a str,
    /// RFC 3339, in the sender's own offset.
    date: Option<String>,
    kind: &'static str,
    language: Option<&'static str>,
    reply_text: String,
    /// Of a delivery report alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    bounce: Option<BounceSummary<'a>>,
    /// Of an automatic reply alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    auto_reply: Option<AutoReplySummary<'a>>,
    attachments: Vec<AttachmentSummary<'a>>,
    #[serde(skip_serializing_if = "<[ReadingFault]>::is_empty")]
    faults: &'a [ReadingFault],
}

#[derive(Debug, Serialize)]
struct BounceSummary<'a> {
    severity: &'static str,
    status: Option<&'a str>,
    recipient: Option<&'a str>,
    original_message_id: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct AutoReplySummary<'a> {
    signal: &'a str,
    reach: &'static str,
    /// ISO 8601.
    returns_on: Option<String>,
}

#[derive(Debug, Serialize)]
struct AttachmentSummary<'a> {
    name: Option<&'a str>,
    content_type: &'a str,
    /// Decoded.
    size_bytes: usize,
    inline: bool,
}

impl<'a> AttachmentSummary<'a> {
    fn of(attachment: &'a Attachment) -> AttachmentSummary<'a> {
        AttachmentSummary {
            name: attachment.name.as_deref(),
            content_type: &attachment.content_type,
            size_bytes: attachment.content.len(),
            inline: attachment.inline,
        }
    }
}

impl<'a> Reading<'a> {
    fn of(file: &Path, message: &'a Message) -> Reading<'a> {
        let (mut bounce, mut auto_reply) = (None, None);
        match &message.kind {
            MessageKind::Bounce(report) => {
                bounce = Some(BounceSummary {
                    severity: report.severity.name(),
                    status: report.status.as_deref(),
                    recipient: report.recipient.as_deref(),
                    original_message_id: report.original_message_id.as_deref(),
                });
            }
            MessageKind::AutoReply {
                signal,
                reach,
                returns_on,
            } => {
                auto_reply = Some(AutoReplySummary {
                    signal,
                    reach: reach.name(),
                    returns_on: returns_on.map(|date| date.to_string()),
                });
            }
            MessageKind::Personal | MessageKind::Bulk { .. } => {}
        }
        Reading {
            bounce,
            auto_reply,
            file: file.display().to_string(),
            message_id: message.message_id.as_deref(),
            in_reply_to: message.in_reply_to.first().map(String::as_str),
            references: &message.references,
            from: message.from.as_ref(),
            to: &message.to,
            subject: &message.subject,
            date: message
                .date
                .as_ref()
                .map(|date| date.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
            kind: kind_word(&message.kind),
            language: message.language.map(|language| language.code()),
            reply_text: message.body.own_text(),
            attachments: message.attachments.iter().map(AttachmentSummary::of).collect(),
            faults: &message.faults,
        }
    }
}

/// The kinds in the corpus's words; a question or a withdrawal is told from an answer only by understanding it.
fn kind_word(kind: &MessageKind) -> &'static str {
    match kind {
        MessageKind::Personal => "answer",
        MessageKind::AutoReply { .. } => "auto_reply",
        MessageKind::Bounce(_) => "bounce",
        MessageKind::Bulk { .. } => "unrelated",
    }
}

/// Reads each file; `-` is standard input, a directory stands for its `*.eml` files in the order of their names.
pub fn run(files: &[PathBuf]) -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    match read_all(files, &mut io::stdin().lock(), &mut out, &mut err) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(EXIT_BAD_INPUT),
        // Whoever read our output has gone: nothing is left to say, or to whom.
        Err(_) => ExitCode::FAILURE,
    }
}

/// Whether every input could be read; an error when the output could not be written.
fn read_all(
    files: &[PathBuf],
    stdin: &mut impl Read,
    out: &mut impl Write,
    err: &mut impl Write,
) -> io::Result<bool> {
    let mut all_read = true;
    for given in files {
        let inputs = match inputs_of(given) {
            Ok(inputs) => inputs,
            Err(reason) => {
                all_read = false;
                writeln!(err, "{}: {reason}", given.display())?;
                continue;
            }
        };
        for file in inputs {
            match bytes_of(&file, stdin) {
                Ok(raw) => {
                    let message = reading::read(&raw);
                    let line = serde_json::to_string(&Reading::of(&file, &message))?;
                    writeln!(out, "{line}")?;
                }
                Err(reason) => {
                    all_read = false;
                    writeln!(err, "{}: {reason}", file.display())?;
                }
            }
        }
    }
    out.flush()?;
    Ok(all_read)
}

/// The files that an argument stands for.
pub(super) fn inputs_of(given: &Path) -> Result<Vec<PathBuf>, String> {
    if !given.is_dir() {
        return Ok(vec![given.to_owned()]);
    }
    let entries = std::fs::read_dir(given).map_err(|error| error.to_string())?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension.eq_ignore_ascii_case("eml"))
        })
        .collect();
    files.sort();
    if files.is_empty() {
        Err("the directory holds no .eml file".to_owned())
    } else {
        Ok(files)
    }
}

/// The bytes of a message; an input that cannot be one is refused with the reason.
pub(super) fn bytes_of(file: &Path, stdin: &mut impl Read) -> Result<Vec<u8>, String> {
    let mut raw = Vec::new();
    let read = if file == Path::new("-") {
        stdin.read_to_end(&mut raw)
    } else {
        std::fs::File::open(file).and_then(|mut opened| opened.read_to_end(&mut raw))
    };
    read.map_err(|error| error.to_string())?;
    if raw.is_empty() {
        Err("the file is empty".to_owned())
    } else {
        Ok(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_input_is_named_and_the_others_are_done() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let good = directory.path().join("good.eml");
        std::fs::write(
            &good,
            "From: Jan <jan@a.test>\r\nSubject: EAN\r\n\r\n541448820012345678\r\n",
        )
        .expect("writable");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let files = [directory.path().join("none.eml"), good, PathBuf::from("-")];
        let mut stdin = &b"Subject: x\r\n\r\nhello\r\n"[..];
        let all_read = read_all(&files, &mut stdin, &mut out, &mut err).expect("written");
        assert!(!all_read);
        let err = String::from_utf8(err).expect("UTF-8");
        assert_eq!(err.lines().count(), 1);
        assert!(err.contains("none.eml"), "{err}");
        let out = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<serde_json::Value> = out
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0]["from"]["address"], "jan@a.test");
        assert_eq!(lines[0]["reply_text"], "541448820012345678");
        assert_eq!(lines[1]["reply_text"], "hello");
    }
}
