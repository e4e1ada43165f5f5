//! PURE. Letter + registration + language -> subject, text, HTML, the bytes to send; Message-ID and reply token.

mod agent_reply;
mod compose;
mod content;
mod draft;
mod ends;
mod html;
mod mask;
pub mod page_words;
mod questions;
pub mod samples;
#[cfg(test)]
mod tests;
mod text;
pub mod token;
mod words;

use jiff::Timestamp;

use crate::calendar::belgian_date;
use crate::contract::{self, Supplier, Terms};
use crate::registration::{AgentWords, Field, Language, LetterKind, Registration};

use compose::{Attachment, Author, Parts};
use content::Content;
use draft::{Draft, Links};

pub use token::{PageToken, Purpose, SigningKey, TokenKeeper};

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

impl Brand {
    /// The opening hours, as a language says them.
    pub fn phone_hours_in(&self, language: Language) -> &str {
        let place = Language::ALL.iter().position(|each| *each == language);
        &self.phone_hours[place.unwrap_or(0)]
    }

    /// An invented supplier, for the demo and for tests.
    pub fn sample() -> Brand {
        Brand {
            name: "Voltaris".to_owned(),
            address: "Rue de l'Exemple 1, 1000 Bruxelles".to_owned(),
            enterprise_number: "BE 0123.456.749".to_owned(),
            phone: "02 555 01 00".to_owned(),
            phone_hours: [
                "du lundi au vendredi, de 8 h 30 à 18 h".to_owned(),
                "maandag tot vrijdag, 8.30 - 18 uur".to_owned(),
                "Montag bis Freitag, 8.30 - 18 Uhr".to_owned(),
                "Monday to Friday, 8.30 am - 6 pm".to_owned(),
            ],
            website: "www.voltaris.example".to_owned(),
            ombudsman: "Service de médiation de l'Énergie, Ombudsdienst voor Energie, www.ombudsman.example"
                .to_owned(),
            answer_days: 10,
        }
    }
}

/// Everything a letter is made with besides the registration.
#[derive(Debug, Clone)]
pub struct Writer {
    pub brand: Brand,
    /// `Service Client <care@example.test>`, parsed: display name and address.
    pub from_name: Option<String>,
    pub from_address: String,
    pub tokens: TokenKeeper,
    /// What is sold; without it a contract confirmation goes out without the contract as a file.
    pub terms: Option<Terms>,
    /// Where the customer's pages are (`https://my.example.test`); without it no letter leads to one.
    pub pages: Option<String>,
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
    /// The registration gives a letter of that kind no content, such as a clarification request without an open question.
    #[error("there is nothing to write: {0}")]
    NothingToSay(&'static str),
    #[error("the template failed: {0}")]
    Template(String),
    #[error("the message could not be built: {0}")]
    Message(String),
    #[error("the contract could not be written: {0}")]
    Contract(#[from] contract::ContractFault),
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
        let content = self.draft(number, registration, at).content(kind)?;
        let contract = match kind {
            LetterKind::ContractConfirmation => self.contract(registration, at)?,
            _ => None,
        };
        self.rendered(kind, content, contract, number, registration, (earlier, at))
    }

    /// Letter `number` with an agent's own words in the frame, and what is still open below them. The rest as [`Self::write`].
    ///
    /// # Errors
    /// See [`LetterFault`].
    pub fn reply(
        &self,
        words: &AgentWords,
        number: u32,
        registration: &Registration,
        earlier: &[String],
        at: Timestamp,
    ) -> Result<RenderedLetter, LetterFault> {
        let content = self.draft(number, registration, at).agent_reply(words);
        self.rendered(
            LetterKind::AgentReply,
            content,
            None,
            number,
            registration,
            (earlier, at),
        )
    }

    fn draft<'a>(&'a self, number: u32, registration: &'a Registration, at: Timestamp) -> Draft<'a> {
        Draft {
            brand: &self.brand,
            from_address: &self.from_address,
            registration,
            words: words::of(registration.language),
            number,
            at,
            contract_attached: self.terms.is_some(),
            links: self.pages.as_deref().map(|base| Links {
                base,
                tokens: &self.tokens,
            }),
        }
    }

    fn rendered(
        &self,
        kind: LetterKind,
        content: Content,
        attachment: Option<Attachment>,
        number: u32,
        registration: &Registration,
        (earlier, at): (&[String], Timestamp),
    ) -> Result<RenderedLetter, LetterFault> {
        let recipient = registration.field(Field::Email).ok_or(LetterFault::NoAddress)?;
        let (local, domain) = self.from_address.rsplit_once('@').ok_or_else(|| {
            LetterFault::Message(format!(
                "`{}` is no e-mail address to send from",
                self.from_address
            ))
        })?;
        let message_id = self.tokens.message_id(&registration.reference, number, domain);
        let reply_address = format!(
            "{local}+{}@{domain}",
            self.tokens.reply_token(&registration.reference)
        );
        let words = words::of(registration.language);
        let colon = words.colon();
        let text = text::render(&content, colon);
        let html = html::render(&content, registration.language, &self.brand.name, colon)?;
        let raw = compose::compose(&Parts {
            from_name: self.from_name.as_deref(),
            from_address: &self.from_address,
            reply_address: &reply_address,
            recipient,
            subject: &content.subject,
            message_id: &message_id,
            earlier,
            language: registration.language,
            author: match kind {
                LetterKind::AgentReply => Author::Agent,
                _ => Author::Program,
            },
            at,
            text: &text,
            html: &html,
            attachment: attachment.as_ref(),
        })?;
        Ok(RenderedLetter {
            kind,
            number,
            message_id,
            recipient: recipient.to_owned(),
            envelope_sender: reply_address,
            subject: content.subject,
            text,
            html,
            raw,
        })
    }

    /// The contract as a file, if it is known what is sold.
    fn contract(
        &self,
        registration: &Registration,
        at: Timestamp,
    ) -> Result<Option<Attachment>, LetterFault> {
        let Some(terms) = &self.terms else {
            return Ok(None);
        };
        let brand = &self.brand;
        let supplier = Supplier {
            name: &brand.name,
            address: &brand.address,
            enterprise_number: &brand.enterprise_number,
            phone: &brand.phone,
            phone_hours: brand.phone_hours_in(registration.language),
            email: &self.from_address,
            website: &brand.website,
            ombudsman: &brand.ombudsman,
        };
        let bytes = contract::write(terms, &supplier, registration, belgian_date(at))?;
        Ok(Some(Attachment {
            file_name: contract::file_name(registration),
            bytes,
        }))
    }
}
