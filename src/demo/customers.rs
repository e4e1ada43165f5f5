//! The sample customers: take the letters out of their Maildir, and answer as people do.
//!
//! A letter stays in `new` until its last answer is sent, and an answer's file has a name of its own: stopped anywhere, the
//! next start goes on, and no answer is sent twice. A customer for whom the visitor writes answers no more by itself.

use std::sync::Arc;

use super::Stage;
use super::answers::{self, Planned, Sender};
use super::cast::Member;
use super::mail::{Answered, Mail};
use super::post::Unread;
use crate::clock;
use crate::reading::{self, Message};
use crate::registration::{Question, Reference};
use crate::store::StoredLetter;

/// Message-IDs of what the visitor writes begin with it.
pub const VISITOR_PREFIX: &str = "you-";
/// The domain of the other address some customers write from.
const OTHER_DOMAIN: &str = "office.example";

/// What is still to be done about a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Done,
    /// An answer comes later.
    Waits,
}

pub async fn turn(stage: Arc<Stage>) -> anyhow::Result<()> {
    let mut failure = None;
    for letter in stage.customers.unread().await? {
        // One letter that cannot be answered keeps no other waiting.
        match answer(&stage, &letter).await {
            Ok(Reading::Done) => stage.customers.put_away(&letter).await?,
            Ok(Reading::Waits) => {}
            Err(error) => {
                failure.get_or_insert(error);
            }
        }
    }
    failure.map_or(Ok(()), Err)
}

async fn answer(stage: &Stage, unread: &Unread) -> anyhow::Result<Reading> {
    let raw = stage.customers.read(unread).await?;
    let message = tokio::task::spawn_blocking(move || reading::read(&raw)).await?;
    let Some(letter) = stored_letter(stage, &message).await? else {
        return Ok(Reading::Done);
    };
    let Some(member) = stage.cast.find(&letter.reference) else {
        return Ok(Reading::Done);
    };
    if is_taken_over(stage, &letter.reference).await? {
        return Ok(Reading::Done);
    }
    let Some(answered) = answered(&message) else {
        return Ok(Reading::Done);
    };
    let questions = open_questions(stage, &letter.reference).await?;
    let planned = answers::planned(member, letter.kind, &questions);
    let (now, mut outcome) = (clock::now(), Reading::Done);
    for (place, planned) in planned.into_iter().enumerate() {
        if stage.pace.is_due(unread.arrived_at, planned.after, now) {
            let mail = mail(member, &letter, place, planned);
            send(stage, &mail, &answered).await?;
        } else {
            outcome = Reading::Waits;
        }
    }
    Ok(outcome)
}

async fn stored_letter(stage: &Stage, message: &Message) -> anyhow::Result<Option<StoredLetter>> {
    match &message.message_id {
        Some(id) => Ok(stage.store.letter_by_message_id(id).await?),
        None => Ok(None),
    }
}

async fn open_questions(stage: &Stage, reference: &Reference) -> anyhow::Result<Vec<Question>> {
    let row = stage.store.registration(reference).await?;
    Ok(row
        .map(|row| row.registration.open_questions().cloned().collect())
        .unwrap_or_default())
}

/// Whether the visitor has written for this customer.
pub async fn is_taken_over(stage: &Stage, reference: &Reference) -> anyhow::Result<bool> {
    let messages = stage.store.messages_of(reference).await?;
    let by_visitor = |id: &str| id.starts_with(VISITOR_PREFIX);
    Ok(messages
        .iter()
        .any(|message| message.message_id.as_deref().is_some_and(by_visitor)))
}

/// The letter as the customer's mail program has it. None when it names nobody to answer.
pub fn answered(letter: &Message) -> Option<Answered> {
    let from = letter.from.clone()?;
    let reply_to = letter.reply_to.clone().unwrap_or_else(|| from.clone());
    Some(Answered {
        message_id: letter.message_id.clone()?,
        references: letter.references.clone(),
        from_name: from.name.unwrap_or_default(),
        from_address: from.address,
        reply_to: reply_to.address,
        subject: letter.subject.clone(),
        text: letter.body.text.clone(),
        sent_at: letter
            .date
            .as_ref()
            .map_or_else(clock::now, jiff::Zoned::timestamp),
    })
}

/// The same letter and place give the same Message-ID.
fn mail(member: &Member, letter: &StoredLetter, place: usize, planned: Planned) -> Mail {
    let address = match planned.from {
        Sender::Registered => member.address().to_owned(),
        Sender::Other => {
            let local = member.address().split('@').next().unwrap_or_default();
            format!("{local}@{OTHER_DOMAIN}")
        }
    };
    let domain = address.rsplit('@').next().unwrap_or_default();
    Mail {
        language: member.document().language,
        from_name: member.name(),
        message_id: format!("{}.{}.{place}@{domain}", letter.reference, letter.number),
        from_address: address,
        at: clock::now(),
        form: planned.form,
        subject: planned.subject,
        own: planned.own,
    }
}

/// Leaves a mail in the service client's Maildir, once.
pub async fn send(stage: &Stage, mail: &Mail, answered: &Answered) -> anyhow::Result<()> {
    let raw = mail.compose(answered)?;
    stage.care.deliver(&mail.message_id, &raw).await?;
    stage.bells.ring();
    Ok(())
}
