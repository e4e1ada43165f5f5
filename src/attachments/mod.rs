//! EDGE. What attachments say: the text layer of PDFs, scans and photos by OCR and barcode, text and CSV files, attached
//! messages.
//!
//! ```text
//! bytes -> form (by what they begin with) -> pdf ----> pdftotext --text--> lines (bbox)
//!                                            |           no text: pdftoppm
//!                                            |               v
//!                                            picture -> read-picture -> barcodes; grey picture -> tesseract (ocr), twice (agreement)
//!                                            plain: text, CSV; a message: `reading`
//! ```
//!
//! Attachments are hostile. Everything that decodes one runs in a child process of its own (`child`) under limits of time, memory
//! and file size, in a folder of its own; pictures too, by this program's hidden command `read-picture`. What cannot be read is
//! a fault of the result, never an error.

mod agreement;
mod bbox;
mod boxes;
mod child;
mod decode;
mod form;
#[cfg(fuzzing)]
pub mod fuzzing;
mod limits;
mod ocr;
mod pdf;
mod picture;
mod plain;
mod tools;

use std::time::Duration;

use tokio::time::Instant;

pub use decode::{PictureJob, PictureReport, read_picture};
pub use limits::{Confinement, Limits};
pub use tools::Tools;

use crate::reading::{self, Attachment, AttachmentFault, AttachmentText, Message};
use form::Form;

/// Reads every attachment of a message that may hold an answer, one after the other. Takes no longer than
/// [`Limits::seconds_per_message_max`]; what was not read by then is said in the faults. Dropped before its end, it ends its
/// children.
pub async fn read_attachments(message: &Message, tools: &Tools, limits: &Limits) -> Vec<AttachmentText> {
    let message_deadline = Instant::now() + Duration::from_secs(limits.seconds_per_message_max);
    let mut texts = Vec::new();
    for file in files(message, limits).await {
        let mut text = AttachmentText::new(file.attachment, file.name.clone());
        if texts.len() >= limits.attachments_per_message_max {
            text.faults.push(AttachmentFault::TooManyAttachments {
                limit: limits.attachments_per_message_max,
            });
        } else {
            let own_deadline = Instant::now() + Duration::from_secs(limits.seconds_per_attachment_max);
            let (deadline, limit_seconds) = if own_deadline < message_deadline {
                (own_deadline, limits.seconds_per_attachment_max)
            } else {
                (message_deadline, limits.seconds_per_message_max)
            };
            let task = Task {
                tools,
                limits,
                deadline,
                limit_seconds,
            };
            if let Err(fault) = task.read(&file, &mut text).await {
                text.faults.push(fault);
            }
        }
        let outcome = text.faults.first().map_or("read", AttachmentFault::name);
        metrics::counter!("estafette_attachments_total", "outcome" => outcome).increment(1);
        texts.push(text);
    }
    texts
}

/// One file to read.
struct File {
    attachment: usize,
    name: String,
    content_type: String,
    content: Vec<u8>,
}

/// The attachments, and behind an attached message its own; what those hold in turn is not looked into.
async fn files(message: &Message, limits: &Limits) -> Vec<File> {
    let mut files = Vec::new();
    for (place, attachment) in message.attachments.iter().enumerate() {
        if attachment.is_ornament() {
            continue;
        }
        let file = file_of(place, None, attachment);
        let nested = match Form::of(&file.content, &file.content_type, &file.name) {
            Form::Message if files.len() < limits.attachments_per_message_max => {
                nested_files(place, &file).await
            }
            _ => Vec::new(),
        };
        files.push(file);
        files.extend(nested);
    }
    files
}

async fn nested_files(place: usize, outer: &File) -> Vec<File> {
    let (raw, outer_name) = (outer.content.clone(), outer.name.clone());
    let read = tokio::task::spawn_blocking(move || {
        let inner = reading::read(&raw);
        let worth_reading = inner
            .attachments
            .iter()
            .filter(|attachment| !attachment.is_ornament());
        worth_reading
            .map(|attachment| file_of(place, Some(&outer_name), attachment))
            .collect()
    });
    // What the message says for itself is read with it, and has its faults.
    read.await.unwrap_or_default()
}

fn file_of(place: usize, outer_name: Option<&str>, attachment: &Attachment) -> File {
    let own_name = attachment
        .name
        .clone()
        .unwrap_or_else(|| format!("attachment {}", place + 1));
    File {
        attachment: place,
        name: match outer_name {
            Some(outer) => format!("{outer}/{own_name}"),
            None => own_name,
        },
        content_type: attachment.content_type.clone(),
        content: attachment.content.clone(),
    }
}

/// What reading one attachment may use.
struct Task<'a> {
    tools: &'a Tools,
    limits: &'a Limits,
    deadline: Instant,
    /// The limit that the deadline comes of.
    limit_seconds: u64,
}

impl Task<'_> {
    /// Reads into `text` as far as it gets.
    async fn read(&self, file: &File, text: &mut AttachmentText) -> Result<(), AttachmentFault> {
        let limit_bytes = self.limits.attachment_bytes_max;
        if file.content.len() as u64 > limit_bytes {
            return Err(AttachmentFault::TooLarge { limit_bytes });
        }
        if Instant::now() >= self.deadline {
            return Err(self.timed_out());
        }
        match Form::of(&file.content, &file.content_type, &file.name) {
            Form::Pdf => self.read_pdf(&file.content, text).await,
            Form::Picture => self.read_lone_picture(&file.content, text).await,
            form @ (Form::Text | Form::Csv | Form::Message) => {
                let page = plain::page(form, file.content.clone(), self.limits.text_bytes_max);
                let (page, fault) = page.await?;
                text.pages.extend(page);
                fault.map_or(Ok(()), Err)
            }
            Form::Empty => Err(AttachmentFault::Unreadable {
                detail: "it is empty".into(),
            }),
            Form::Other { content_type } => Err(AttachmentFault::Unsupported { content_type }),
        }
    }

    fn timed_out(&self) -> AttachmentFault {
        AttachmentFault::TimedOut {
            limit_seconds: self.limit_seconds,
        }
    }
}

/// A folder that one attachment is read in; it goes when the attachment is read.
fn folder() -> Result<tempfile::TempDir, AttachmentFault> {
    tempfile::Builder::new()
        .prefix("estafette-attachment-")
        .tempdir()
        .map_err(failed)
}

/// Our own system failed us: no space, no more files.
fn failed(error: std::io::Error) -> AttachmentFault {
    AttachmentFault::Unreadable {
        detail: error.to_string(),
    }
}
