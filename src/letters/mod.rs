//! PURE. Letter + registration + language -> subject, text, HTML, the bytes to send; Message-ID and reply token.

pub mod token;

use jiff::Timestamp;

use crate::registration::{LetterKind, Registration};

pub use token::{SigningKey, TokenKeeper};

/// Who writes: shown in every letter. From `[brand]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// Supplier's name, as customers know it.
    pub name: String,
    /// Postal address of the seat, one line.
    pub address: String,
    pub enterprise_number: String,
    /// Phone for customers, as written in letters.
    pub phone: String,
    /// Opening hours, one text a language in the order of [`crate::registration::Language::ALL`].
    pub phone_hours: [String; 4],
    pub website: String,
    /// Name and address of the ombudsman service, one line.
    pub ombudsman: String,
    /// Days within which an answer is asked for.
    pub answer_days: u8,
}

/// Everything a letter is made with besides the registration.
#[derive(Debug, Clone)]
pub struct Writer {
    pub brand: Brand,
    /// `Service Client <care@example.test>`, parsed: display name and address.
    pub from_name: Option<String>,
    pub from_address: String,
    pub tokens: TokenKeeper,
}

/// A letter, ready for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedLetter {
    pub kind: LetterKind,
    /// Number within the registration, from 1.
    pub number: u32,
    /// Without angle brackets; fixed for ever, whatever happens to the sending.
    pub message_id: String,
    pub recipient: String,
    pub envelope_sender: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The whole RFC 5322 message, CRLF line ends; the same input gives the same bytes.
    pub raw: Vec<u8>,
}

/// Why a letter cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterFault {
    #[error("the registration has no e-mail address")]
    NoAddress,
    #[error("`{0}` is no e-mail address that mail can be sent to")]
    UnusableAddress(String),
    #[error("the template failed: {0}")]
    Template(String),
    #[error("the message could not be built: {0}")]
    Message(String),
}

impl Writer {
    /// Writes letter `number` of `kind` for the registration as it now stands. `earlier` are the Message-IDs of the letters
    /// already sent to it, oldest first, for References.
    ///
    /// # Errors
    /// See [`LetterFault`]: then an agent is told; nothing is sent.
    pub fn write(
        &self,
        kind: LetterKind,
        number: u32,
        registration: &Registration,
        earlier: &[String],
        at: Timestamp,
    ) -> Result<RenderedLetter, LetterFault> {
        let _ = (kind, number, registration, earlier, at);
        todo!()
    }
}
