//! Gives each kept message its one end state: read, match, understand, decide, and apply in one transaction.
//!
//! A message whose attachments must be read goes aside ([`aside`]): it takes seconds, and no other message waits for it.

mod aside;

use std::sync::Arc;

use jiff::civil::Date;

use super::{BATCH, Loop, Shift, Turn, now_and_lease};
use crate::attachments::{Limits, Tools};
use crate::decision::{self, Disposition, Judging, ReasonForPeople};
use crate::letters::token::{Token, TokenKeeper};
use crate::matching::{self, Match, MatchEvidence, Signature, TokenCheck};
use crate::reading::{self, AttachmentText, Bounce, BounceSeverity, Message, MessageKind};
use crate::registration::{Actor, Command, LetterKind, Reference, Refusal, Registration, State};
use crate::store::{
    self, ActError, MessageKey, Order, Settled, Store, StoreError, StoredLetter, StoredMessage,
};
use crate::understanding::{self, SentLetter};
use crate::{clock, crash};

/// A message whose reading ended the process this many times goes to an agent unread.
const READ_ATTEMPTS_MAX: u32 = 3;
/// How often a message is understood anew because its registration changed under it; then it is claimed again.
const TRIES_MAX: u32 = 5;
/// Registrations looked at for one message, at most.
const CANDIDATES_MAX: u32 = 20;

#[derive(Clone)]
pub struct Reader {
    pub store: Store,
    pub tokens: TokenKeeper,
    pub trusted_authserv_ids: Vec<String>,
    /// What reads attachments, and what that may cost.
    pub tools: Arc<Tools>,
    pub limits: Arc<Limits>,
    pub shift: Shift,
}

/// A message as it was kept, and read.
struct Opened {
    stored: StoredMessage,
    reading: Reading,
}

/// How reading a message went.
enum Reading {
    Read {
        message: Arc<Message>,
        extent: Extent,
    },
    /// It ended the process before, or the reader panicked on it.
    Failed,
}

/// How much of the message was fetched from its mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    HeadersOnly,
}

/// Whether a message has its end state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Settling {
    Done,
    Again,
}

/// What a message came to, before it is written down.
struct Verdict {
    settled: Settled,
    orders: Vec<Order>,
}

/// The registration a message belongs to, with the letter it answers.
struct Found {
    registration: Registration,
    letter: Option<SentLetter>,
}

struct Keeper<'a>(&'a TokenKeeper);

impl TokenCheck for Keeper<'_> {
    fn check(&self, token: &str) -> Option<(Reference, Signature)> {
        Some(match self.0.read_reply_token(token)? {
            Token::Valid(reference) => (reference, Signature::Valid),
            Token::Forged(reference) => (reference, Signature::Invalid),
        })
    }
}

impl Reader {
    pub async fn run(self) {
        let aside = aside::Aside::new();
        self.shift.run(Loop::Reader, || self.turn(&aside)).await;
        aside.drained().await;
    }

    async fn turn(&self, aside: &aside::Aside) -> Result<Turn, StoreError> {
        if aside.is_full() {
            return Ok(Turn::Idle);
        }
        let (now, lease_until) = now_and_lease();
        let claimed = self
            .store
            .claim_messages(&self.shift.worker, BATCH, now, lease_until)
            .await?;
        if claimed.is_empty() {
            return Ok(Turn::Idle);
        }
        let mut failure = None;
        for (key, attempts) in claimed {
            if let Err(error) = self.settle_or_put_aside(&key, attempts, aside).await {
                tracing::error!(message = %key.0, %error, "a message could not be settled; it is tried again");
                failure.get_or_insert(error);
            }
        }
        failure.map_or(Ok(Turn::Worked), Err)
    }

    async fn settle_or_put_aside(
        &self,
        key: &MessageKey,
        attempts: u32,
        aside: &aside::Aside,
    ) -> Result<(), StoreError> {
        let opened = self.open(key, attempts).await?;
        if opened.has_attachments_to_read() {
            aside.put(self.clone(), key.clone(), attempts);
            return Ok(());
        }
        self.settle(key, &opened, &[]).await
    }

    async fn settle(
        &self,
        key: &MessageKey,
        opened: &Opened,
        attachments: &[AttachmentText],
    ) -> Result<(), StoreError> {
        let attachments: Arc<[AttachmentText]> = attachments.into();
        // What was understood against fields that another message or an agent changed meanwhile is understood anew.
        for _ in 0..=TRIES_MAX {
            let verdict = self.verdict(key, opened, &attachments).await?;
            crash::point("message_understood");
            if self.settle_as(key, verdict).await? == Settling::Done {
                return Ok(());
            }
        }
        Err(StoreError::Corrupt(format!(
            "the fields of its registration never rest: message {}",
            key.0
        )))
    }

    async fn settle_as(&self, key: &MessageKey, verdict: Verdict) -> Result<Settling, StoreError> {
        let disposition = verdict.settled.disposition.clone();
        let kind = verdict.settled.kind.clone();
        let without_orders = verdict.settled.clone();
        match self
            .store
            .settle(key, verdict.settled, verdict.orders, clock::now())
            .await
        {
            Ok(_) => {}
            Err(ActError::Store(error)) => return Err(error),
            Err(ActError::Refused(Refusal::ChangedMeanwhile)) => return Ok(Settling::Again),
            // The registration moved on, or its last door refused: nothing was applied, a person looks.
            Err(refusal @ (ActError::NotFound(_) | ActError::Refused(_))) => {
                tracing::warn!(message = %key.0, %refusal, "the answers could not be applied; an agent decides");
                let settled = for_agent(without_orders, "refused_by_life_cycle", Some(refusal.to_string()));
                let note = settled.reference.clone().map(|reference| Order {
                    reference,
                    actor: Actor::Estafette,
                    command: note(key, &settled.kind, "review"),
                });
                match self
                    .store
                    .settle(key, settled, note.into_iter().collect(), clock::now())
                    .await
                {
                    Ok(_) => {}
                    Err(ActError::Store(error)) => return Err(error),
                    Err(refusal) => return Err(StoreError::Corrupt(refusal.to_string())),
                }
            }
        }
        crash::point("message_settled");
        tracing::info!(message = %key.0, kind, disposition, "message settled");
        metrics::counter!("estafette_messages_total", "kind" => kind, "disposition" => disposition)
            .increment(1);
        Ok(Settling::Done)
    }

    async fn open(&self, key: &MessageKey, attempts: u32) -> Result<Opened, StoreError> {
        let stored = self
            .store
            .message(key)
            .await?
            .ok_or_else(|| StoreError::Corrupt(format!("no message {}", key.0)))?;
        let raw = self
            .store
            .raw_message(key)
            .await?
            .ok_or_else(|| StoreError::Corrupt(format!("message {} has lost its bytes", key.0)))?;
        if attempts > READ_ATTEMPTS_MAX {
            let reading = Reading::Failed;
            return Ok(Opened { stored, reading });
        }
        let extent = if stored.size_bytes > raw.len() as u64 {
            Extent::HeadersOnly
        } else {
            Extent::Whole
        };
        // Reading may take long on hostile bytes; a panic that slips through is a review case, not an end.
        let reading = match tokio::task::spawn_blocking(move || reading::read(&raw)).await {
            Ok(message) => Reading::Read {
                message: Arc::new(message),
                extent,
            },
            Err(_) => Reading::Failed,
        };
        Ok(Opened { stored, reading })
    }

    async fn verdict(
        &self,
        key: &MessageKey,
        opened: &Opened,
        attachments: &Arc<[AttachmentText]>,
    ) -> Result<Verdict, StoreError> {
        let Reading::Read { message, extent } = &opened.reading else {
            return Ok(unread(&opened.stored, "reader_failed"));
        };
        let verdict = match &message.kind {
            MessageKind::Bounce(bounce) => self.bounced(key, message, bounce).await?,
            _ => match self.understood(key, message, attachments).await? {
                Some(verdict) => verdict,
                None => return Ok(unread(&opened.stored, "reader_failed")),
            },
        };
        Ok(match extent {
            Extent::HeadersOnly => Verdict {
                settled: for_agent(verdict.settled, "message_too_large", None),
                orders: Vec::new(),
            },
            Extent::Whole => verdict,
        })
    }

    /// A delivery report is about a letter of ours, known by its Message-ID or by the signed address it came back to.
    async fn bounced(
        &self,
        key: &MessageKey,
        message: &Message,
        bounce: &Bounce,
    ) -> Result<Verdict, StoreError> {
        let letter = match bounce.original_message_id.as_deref() {
            Some(message_id) => self.store.letter_by_message_id(message_id).await?,
            None => None,
        };
        let letter = match letter {
            Some(letter) => Some(letter),
            None => self.last_letter_by_token(message).await?,
        };
        let mut settled = settled(message, "bounce");
        let Some(letter) = letter else {
            return Ok(Verdict {
                settled: for_agent(settled, "bounce_of_unknown_letter", None),
                orders: Vec::new(),
            });
        };
        settled.reference = Some(letter.reference.clone());
        let blocked = match self.store.registration(&letter.reference).await? {
            Some(row) => matches!(row.registration.state, State::Blocked { .. }),
            None => false,
        };
        // A blocked registration is handed to an agent by the event itself; nobody would hear of any other.
        let disposition = match bounce.severity {
            BounceSeverity::Hard if !blocked => {
                settled = for_agent(settled, "letter_bounced", bounce.diagnostic.clone());
                "review"
            }
            BounceSeverity::Hard | BounceSeverity::Soft | BounceSeverity::Delayed => {
                settled.disposition = "ignore".into();
                settled.reasons = vec![reason("robot", bounce.diagnostic.clone())];
                "ignore"
            }
        };
        let actor = Actor::Estafette;
        let note = note(key, "bounce", disposition);
        let bounced = Command::LetterBounced {
            letter: letter.number,
            severity: bounce.severity.name().into(),
            status: bounce.status.clone(),
        };
        let orders = [note, bounced]
            .map(|command| Order {
                reference: letter.reference.clone(),
                actor: actor.clone(),
                command,
            })
            .to_vec();
        Ok(Verdict { settled, orders })
    }

    async fn last_letter_by_token(&self, message: &Message) -> Result<Option<StoredLetter>, StoreError> {
        let clues = matching::clues(message, &Keeper(&self.tokens));
        match clues.signed_token {
            Some(reference) => Ok(self.store.letters_of(&reference).await?.pop()),
            None => Ok(None),
        }
    }

    /// None when matching or understanding panicked: like reading, they work away from the async threads, and the loop lives.
    async fn understood(
        &self,
        key: &MessageKey,
        message: &Arc<Message>,
        attachments: &Arc<[AttachmentText]>,
    ) -> Result<Option<Verdict>, StoreError> {
        let Some(found) = self.matched(message).await? else {
            return Ok(None);
        };
        let mut settled = settled(message, form(message));
        let (reference, evidence, trust) = match &found {
            Match::Matched {
                reference,
                evidence,
                trust,
            } => (reference, evidence, trust),
            Match::Ambiguous { .. } | Match::Unmatched => {
                settled.evidence = evidence_json(&found);
                let robot = understanding::robot(message);
                fill(&mut settled, decision::decide_unmatched(robot.as_ref(), &found));
                return Ok(Some(Verdict {
                    settled,
                    orders: Vec::new(),
                }));
            }
        };
        let Some(Found { registration, letter }) = self.load(reference, evidence).await? else {
            return Err(StoreError::Corrupt(format!(
                "{reference} was found and is not there"
            )));
        };
        let changes_seen = registration.changes;
        let returns_on = returns_on(message);
        let (message, attachments) = (Arc::clone(message), Arc::clone(attachments));
        let understanding = tokio::task::spawn_blocking(move || {
            understanding::understand(&message, &registration, letter.as_ref(), &attachments)
        });
        let Ok(understanding) = understanding.await else {
            return Ok(None);
        };
        let disposition = decision::decide(&understanding, Judging::Sender(trust));
        settled.kind = understanding.kind.name().into();
        settled.reference = Some(reference.clone());
        settled.evidence = evidence_json(&found);
        settled.language = understanding.language.map(|language| language.code().to_owned());
        settled.answers = store::answers::write(&understanding);
        let command = match &disposition {
            Disposition::Apply { answers, .. } => Command::Answer {
                message: key.0.clone(),
                kind: understanding.kind.name().into(),
                answers: answers.clone(),
                changes_seen: Some(changes_seen),
            },
            Disposition::Review { .. } => note(key, understanding.kind.name(), "review"),
            Disposition::Ignore { .. } => Command::NoteMessage {
                message: key.0.clone(),
                kind: understanding.kind.name().into(),
                disposition: "ignore".into(),
                returns_on,
            },
        };
        fill(&mut settled, disposition);
        Ok(Some(Verdict {
            settled,
            orders: vec![Order {
                reference: reference.clone(),
                actor: Actor::Customer,
                command,
            }],
        }))
    }

    /// Whose message it is. None when matching panicked.
    async fn matched(&self, message: &Arc<Message>) -> Result<Option<Match>, StoreError> {
        let (tokens, read) = (self.tokens.clone(), Arc::clone(message));
        let clues = tokio::task::spawn_blocking(move || matching::clues(&read, &Keeper(&tokens)));
        let Ok(clues) = clues.await else {
            return Ok(None);
        };
        let candidates = self.store.candidates(&clues, CANDIDATES_MAX).await?;
        let found = matching::match_message(message, &clues, &candidates, &self.trusted_authserv_ids);
        Ok(Some(found))
    }

    /// The registration and the letter the message answers: the one its thread names, else the last one (its text is ours
    /// all the same, but what kind of letter is answered is not known then).
    async fn load(
        &self,
        reference: &Reference,
        evidence: &[MatchEvidence],
    ) -> Result<Option<Found>, StoreError> {
        let Some(row) = self.store.registration(reference).await? else {
            return Ok(None);
        };
        let letters = self.store.letters_of(reference).await?;
        let threaded = evidence.iter().find_map(|evidence| match evidence {
            MatchEvidence::Thread(id) => letters.iter().find(|letter| letter.message_id == *id),
            _ => None,
        });
        let letter = match threaded {
            Some(letter) => Some(SentLetter {
                kind: Some(letter.kind),
                text: letter.text.clone(),
            }),
            // Which one it answers is not known: it may be the one in an agent's own words.
            None => letters.last().map(|letter| SentLetter {
                kind: letters
                    .iter()
                    .map(|letter| letter.kind)
                    .find(|kind| *kind == LetterKind::AgentReply),
                text: letter.text.clone(),
            }),
        };
        Ok(Some(Found {
            registration: row.registration,
            letter,
        }))
    }
}

/// When the customer is back, where a robot of theirs says so.
fn returns_on(message: &Message) -> Option<Date> {
    match message.kind {
        MessageKind::AutoReply { returns_on, .. } => returns_on,
        _ => None,
    }
}

fn note(key: &MessageKey, kind: &str, disposition: &str) -> Command {
    Command::NoteMessage {
        message: key.0.clone(),
        kind: kind.into(),
        disposition: disposition.into(),
        returns_on: None,
    }
}

fn reason(code: &str, detail: Option<String>) -> ReasonForPeople {
    ReasonForPeople {
        code: code.into(),
        detail,
        span: None,
        words: Vec::new(),
    }
}

/// The kind by the message's form alone.
fn form(message: &Message) -> &'static str {
    match message.kind {
        MessageKind::Personal => "answer",
        MessageKind::AutoReply { .. } => "auto_reply",
        MessageKind::Bounce(_) => "bounce",
        MessageKind::Bulk { .. } => "unrelated",
    }
}

fn settled(message: &Message, kind: &str) -> Settled {
    Settled {
        disposition: "review".into(),
        kind: kind.into(),
        reference: None,
        evidence: serde_json::Value::Null,
        reasons: Vec::new(),
        answers: serde_json::json!({}),
        subject: message.subject.clone(),
        sender: message.from.as_ref().map(|from| from.address.clone()),
        language: message.language.map(|language| language.code().to_owned()),
    }
}

/// A message nobody could read: its bytes are there, an agent looks.
fn unread(stored: &StoredMessage, code: &str) -> Verdict {
    let settled = Settled {
        disposition: "review".into(),
        kind: "unrelated".into(),
        reference: None,
        evidence: serde_json::Value::Null,
        reasons: vec![reason(code, None)],
        answers: serde_json::json!({}),
        subject: stored.message_id.clone().unwrap_or_default(),
        sender: None,
        language: None,
    };
    Verdict {
        settled,
        orders: Vec::new(),
    }
}

fn for_agent(settled: Settled, code: &str, detail: Option<String>) -> Settled {
    let mut reasons = settled.reasons;
    reasons.push(reason(code, detail));
    Settled {
        disposition: "review".into(),
        reasons,
        ..settled
    }
}

fn fill(settled: &mut Settled, disposition: Disposition) {
    let (name, reasons) = match disposition {
        Disposition::Apply { reasons, .. } => ("apply", reasons),
        Disposition::Review { reasons } => ("review", reasons),
        Disposition::Ignore { reasons } => ("ignore", reasons),
    };
    settled.disposition = name.into();
    settled.reasons = reasons;
}

fn evidence_json(found: &Match) -> serde_json::Value {
    match found {
        Match::Matched {
            reference,
            evidence,
            trust,
        } => {
            serde_json::json!({"reference": reference, "evidence": evidence, "sender": trust})
        }
        Match::Ambiguous { candidates } => serde_json::json!({"candidates": candidates}),
        Match::Unmatched => serde_json::Value::Null,
    }
}
