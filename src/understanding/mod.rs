//! PURE. Message + registration + the letter it answers -> what the customer answered, with spans.
//!
//! ```text
//! own: which text is the customer's -> numbered: answers behind the number of their question -> sentence: sentences of phrases, values (found) and unknown words
//!   -> account: each sentence explained, as claims, or left over as a doubt -> claim: one answer a field
//! ```
//!
//! Nothing unexplained: a sentence is an answer, or courtesy, or a phrase of `words/` without consequence, or a tale; else a person
//! reads it. A tale ("I had to turn the whole office upside down") is made of words that are known to be harmless, speaks neither to
//! us nor of contracts, says of nobody else that a value is theirs, and is more like the sentences in `sentences/` that change
//! nothing than like those that need a person (`likeness`).
//!
//! What is left over in a sentence or clause that answers nothing is a suspicion (`account/suspicions`): it is excused where the
//! sentence is like asides, and only when no open question may be answered by it.
//!
//! `attached` takes EAN codes and meter numbers out of what was read of attachments: told apart by the words around them, and only
//! of the home that is registered.
//!
//! Applies nothing and decides nothing: a doubt is a value here ([`Understanding::doubts`]), and one doubt is enough for
//! [`crate::decision`] to hand the message to an agent.

mod account;
mod address;
mod attached;
mod claim;
mod found;
#[cfg(fuzzing)]
pub mod fuzzing;
mod giving_up;
mod kind;
mod likeness;
mod names;
mod numbered;
mod ordered;
mod own;
mod scope;
mod sentence;
mod spelling;
mod words;

use std::collections::BTreeMap;

use account::{Account, Attachments, Examination, Heading};
use claim::Claim;
use kind::kind_of;
use numbered::Numbering;
use own::Piece;
use scope::Scope;
use sentence::{ItemKind, Sentence};
use words::Meaning;

use crate::reading::{AttachmentText, AutoReplyReach, Message, MessageKind, Role};
use crate::registration::question::FailedAnswer;
use crate::registration::{Evidence, Field, Language, LetterKind, Reason, Registration, WrittenYes, value};

/// Own pieces looked at; a message with more is no reply of a person.
const PIECES_MAX: usize = 200;
/// Characters of a doubt's text that people are shown.
const DOUBT_CHARS_MAX: usize = 300;
/// A sign-off is a name, with a title at most.
const SIGN_OFF_WORDS_MAX: usize = 4;
/// The comma and words of a title behind a name.
const TITLE_ITEMS_MAX: usize = 3;
/// Signs that turn or question what the words beside them say.
const DISAGREEING: [char; 8] = ['👎', '❌', '🚫', '❓', '🤔', '🙄', '😡', '🤬'];

/// The letter that a message answers, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLetter {
    /// None when only its text is known.
    pub kind: Option<LetterKind>,
    /// The text part, as rendered.
    pub text: String,
}

/// What a message says, as a careful agent would take it.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    pub kind: Kind,
    pub answers: BTreeMap<Field, Answer>,
    /// The customer's written yes to a phone registration, when the message answers that letter and plainly says it.
    pub written_yes: Option<Evidence>,
    /// Why a person must read it; empty when every sentence is accounted for.
    pub doubts: Vec<Doubt>,
    pub language: Option<Language>,
}

/// The kinds of the reply corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Answer,
    Question,
    Withdrawal,
    AutoReply,
    Bounce,
    Unrelated,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Answer => "answer",
            Kind::Question => "question",
            Kind::Withdrawal => "withdrawal",
            Kind::AutoReply => "auto_reply",
            Kind::Bounce => "bounce",
            Kind::Unrelated => "unrelated",
        }
    }
}

/// What a message says of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: AnswerStatus,
    pub evidence: Evidence,
    /// The checks the value passed, by name, for people to see.
    pub checks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerStatus {
    /// Another value, valid and in normal form.
    Corrected(String),
    /// The registered value is right.
    Confirmed,
    /// A value was given for the field and fails its checks.
    Failed(FailedAnswer),
    /// Something was said of the field that cannot be taken as a value.
    Unclear,
}

/// Why a person must look, with the piece of text that asks for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Doubt {
    pub reason: DoubtReason,
    /// The sentence or value in question.
    pub text: Option<String>,
    /// Byte range in [`crate::reading::Body::text`].
    pub span: Option<(usize, usize)>,
    /// The words in it that gave rise to the doubt; of an unexplained sentence, those nobody foresaw.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

/// The names are shown in `reasons` and on the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtReason {
    /// A sentence that is neither answer, greeting, thanks, closing nor a known phrase without consequence.
    UnexplainedSentence,
    Question,
    Withdrawal,
    /// Two values for one field, or a text that contradicts its other part.
    Contradiction,
    /// A value that may belong to several fields (an EAN without its energy).
    AmbiguousValue,
    /// Something was said of an asked field that is no value.
    UnclearAnswer,
    /// IBAN and e-mail changes always go to an agent.
    SensitiveField,
    /// An attachment that was not read.
    UnreadAttachment,
    /// An attachment that speaks of another home.
    NotThisHome,
    /// What was given says something that nobody asked.
    UnaskedField,
    /// The reader had a fault.
    Unreadable,
    /// A threat, a refusal, an erasure request, "not me".
    NeedsPerson,
    /// It answers an agent's own words: only people know what these asked.
    AnswersAgent,
}

impl DoubtReason {
    /// The name in snake case, as in `reasons`.
    pub fn name(self) -> &'static str {
        match self {
            DoubtReason::UnexplainedSentence => "unexplained_sentence",
            DoubtReason::Question => "question",
            DoubtReason::Withdrawal => "withdrawal",
            DoubtReason::Contradiction => "contradiction",
            DoubtReason::AmbiguousValue => "ambiguous_value",
            DoubtReason::UnclearAnswer => "unclear_answer",
            DoubtReason::SensitiveField => "sensitive_field",
            DoubtReason::UnreadAttachment => "unread_attachment",
            DoubtReason::NotThisHome => "not_this_home",
            DoubtReason::UnaskedField => "unasked_field",
            DoubtReason::Unreadable => "unreadable",
            DoubtReason::NeedsPerson => "needs_person",
            DoubtReason::AnswersAgent => "answers_agent",
        }
    }
}

/// Understands a message against its registration, the letter it answers, and what its attachments say: an attachment of
/// which `attachments` has nothing was not read.
pub fn understand(
    message: &Message,
    registration: &Registration,
    letter: Option<&SentLetter>,
    attachments: &[AttachmentText],
) -> Understanding {
    robot(message).unwrap_or_else(|| understand_person(message, registration, letter, attachments))
}

/// What a message is that no person wrote; none of a person's. Needs no registration.
pub fn robot(message: &Message) -> Option<Understanding> {
    let kind = match message.kind {
        MessageKind::AutoReply { .. } => Kind::AutoReply,
        MessageKind::Bounce(_) => Kind::Bounce,
        MessageKind::Bulk { .. } => Kind::Unrelated,
        MessageKind::Personal => return None,
    };
    let nobody_reached = matches!(
        message.kind,
        MessageKind::AutoReply {
            reach: AutoReplyReach::NobodyReached,
            ..
        }
    );
    let doubts = nobody_reached.then_some(Doubt {
        reason: DoubtReason::NeedsPerson,
        text: None,
        span: None,
        words: Vec::new(),
    });
    Some(Understanding {
        kind,
        answers: BTreeMap::new(),
        written_yes: None,
        doubts: doubts.into_iter().collect(),
        language: message.language,
    })
}

fn understand_person(
    message: &Message,
    registration: &Registration,
    letter: Option<&SentLetter>,
    attachments: &[AttachmentText],
) -> Understanding {
    let mut scope = Scope::new(message, registration);
    let mut account = Account::default();
    let read = attached::read(&scope, &message.attachments, attachments, &mut account);
    account.attachments = Attachments::of(message, &read);
    account.doubts.extend(doubts_of_form(message, &read));
    let from_attachments = account.claims.len();
    let mut numbering = Numbering::new(message, registration, letter);
    let mut pieces: Vec<Piece> = own::pieces(message, registration, letter)
        .into_iter()
        .flat_map(|piece| numbering.cut(piece, &mut account.doubts))
        .collect();
    pieces = ordered::cut(&scope, numbering.fields(), pieces);
    pieces.extend(own::subject_parts(&message.subject));
    let written = account_for_form(&pieces, from_attachments > 0, &mut account);
    if let Some(written) = &written {
        scope.language = sentence::language_of(written, scope.language);
        account_for(&scope, &pieces, &mut account);
    }
    let language = written.map(|_| scope.language);
    let written_yes = written_yes(registration, letter, &mut account);
    let pointed_at = account.beside.pointed.claims(&scope, &account.claims);
    account.claims.extend(pointed_at);
    let claimed = !account.claims.is_empty() || !account.verdicts.is_empty();
    let mentioned = std::mem::take(&mut account.judged);
    let answers = claim::settle(&scope, &mut account);
    account.doubts.extend(judged_without_answer(&mentioned, &answers));
    let excusable = std::mem::take(&mut account.excusable);
    account
        .doubts
        .extend(account::not_excused(&scope, &answers, excusable));
    let open = |field: &Field| !answers.contains_key(field);
    if scope.asked.iter().any(|(field, _)| open(field)) {
        account.doubts.append(&mut account.of_cards);
    }
    if account.attachments == Attachments::Read {
        let doubt = open_beside_attachments(&scope, &answers, &account);
        account.doubts.extend(doubt);
    }
    if account.substance && !claimed && !account.later && written_yes.is_none() && account.doubts.is_empty() {
        account.doubts.push(Doubt {
            reason: DoubtReason::UnclearAnswer,
            text: None,
            span: None,
            words: Vec::new(),
        });
    }
    // "Yes" may be meant for what the agent asked, and not for the question that stands below it.
    let by_agent = letter.and_then(|letter| letter.kind) == Some(LetterKind::AgentReply);
    if by_agent && claimed {
        account.doubts.push(Doubt {
            reason: DoubtReason::AnswersAgent,
            text: None,
            span: None,
            words: Vec::new(),
        });
    }
    let giving_up = giving_up::weigh(&scope, &message.body.text, &mut account.doubts);
    let kind = kind_of(
        &scope,
        &account,
        &answers,
        claimed || written_yes.is_some(),
        giving_up,
    );
    Understanding {
        kind,
        answers,
        written_yes,
        doubts: account.doubts,
        language: message.language.or(language),
    }
}

/// A yes or no that names an asked field and became no answer to it.
fn judged_without_answer(judged: &[Field], answers: &BTreeMap<Field, Answer>) -> Option<Doubt> {
    let lost = judged.iter().find(|field| !answers.contains_key(field))?;
    Some(Doubt {
        reason: DoubtReason::UnclearAnswer,
        text: Some(lost.name().to_owned()),
        span: None,
        words: Vec::new(),
    })
}

/// A value that was asked for and found neither in the words nor in what is attached may still stand there; but codes and
/// numbers were all seen in a document that is no picture.
fn open_beside_attachments(
    scope: &Scope<'_>,
    answers: &BTreeMap<Field, Answer>,
    account: &Account,
) -> Option<Doubt> {
    let is_seen = |field: Field| {
        matches!(field, Field::ElectricityEan | Field::GasEan)
            && !account.beside.unread
            && account.beside.home_is_shown
            && !answers.is_empty()
    };
    let open = scope.asked.iter().any(|(field, reason)| {
        *reason != Reason::Doubtful && !answers.contains_key(field) && !is_seen(*field)
    });
    (open && !account.later).then_some(Doubt {
        reason: DoubtReason::UnreadAttachment,
        text: None,
        span: None,
        words: Vec::new(),
    })
}

/// Doubts that need no reading: what could not be read, or says two things.
fn doubts_of_form(message: &Message, read: &[usize]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut doubt = |reason, text: Option<String>| {
        doubts.push(Doubt {
            reason,
            text,
            span: None,
            words: Vec::new(),
        })
    };
    for fault in &message.faults {
        doubt(DoubtReason::Unreadable, Some(fault.to_string()));
    }
    let unread = message
        .attachments
        .iter()
        .enumerate()
        .filter(|(place, attachment)| !attachment.is_ornament() && !read.contains(place));
    for (_, attachment) in unread {
        let name = attachment
            .name
            .clone()
            .unwrap_or_else(|| attachment.content_type.clone());
        doubt(DoubtReason::UnreadAttachment, Some(name));
    }
    if let Some(other) = &message.body.differing_own_text {
        doubt(
            DoubtReason::Contradiction,
            Some(other.chars().take(DOUBT_CHARS_MAX).collect()),
        );
    }
    let own_bytes: usize = message.body.pieces(Role::Own).map(|(_, text)| text.len()).sum();
    if own_bytes > own::OWN_TEXT_BYTES_MAX {
        doubt(
            DoubtReason::UnexplainedSentence,
            Some(format!("{own_bytes} bytes of text")),
        );
    }
    doubts
}

/// All that was written, unless that is nothing; and what its signs alone say.
fn account_for_form(pieces: &[Piece], answered: bool, account: &mut Account) -> Option<String> {
    let all: String = pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .take(PIECES_MAX)
        .collect::<Vec<_>>()
        .join("\n");
    let empty = all.trim().is_empty();
    if empty && !answered || all.contains(DISAGREEING) {
        account.doubts.push(Doubt {
            reason: DoubtReason::UnclearAnswer,
            text: None,
            span: None,
            words: Vec::new(),
        });
    }
    (!empty).then_some(all)
}

/// Reads every sentence of every piece, within the limit of own text.
fn account_for(scope: &Scope<'_>, pieces: &[Piece], account: &mut Account) {
    let mut bytes = 0;
    for piece in pieces.iter().take(PIECES_MAX) {
        bytes += piece.text.len();
        if bytes > own::OWN_TEXT_BYTES_MAX {
            break;
        }
        account_for_piece(scope, piece, account);
    }
    let answered_below = pieces.iter().any(|piece| piece.under.is_some());
    if account.points_below && !answered_below {
        account.doubts.push(Doubt {
            reason: DoubtReason::UnclearAnswer,
            text: None,
            span: None,
            words: Vec::new(),
        });
    }
}

fn account_for_piece(scope: &Scope<'_>, piece: &Piece, account: &mut Account) {
    let values = found::find(&piece.text);
    let mut sentences = sentence::sentences(&piece.text, &values, scope.language);
    for sentence in &mut sentences {
        names::free(scope, &piece.text, piece.under, &mut sentence.items);
    }
    let signed_from = sign_off(scope, piece, &sentences, account.substance);
    let said_before = (account.claims.len(), account.verdicts.len());
    let mut heading = Heading::default();
    for sentence in &sentences[..signed_from] {
        heading = Examination::new(scope, piece, sentence, &values, heading, account).run();
    }
    if piece.under.is_some() {
        let later = sentences
            .iter()
            .any(|sentence| sentence.items.iter().any(|item| item.means(Meaning::Later)));
        check_place(scope, piece, said_before, later, account);
    }
}

/// What stands under a question answers that question and nothing else, or a person reads it; and behind its number it must.
fn check_place(
    scope: &Scope<'_>,
    piece: &Piece,
    (claims, verdicts): (usize, usize),
    later: bool,
    account: &mut Account,
) {
    // A value that fails here and would do for another question stands behind the wrong number.
    let fits_elsewhere = |claim: &Claim| match &claim.said {
        claim::Said::Failed(failed) => scope
            .asked
            .iter()
            .any(|(field, _)| value::normalise(*field, &failed.value).is_ok()),
        _ => false,
    };
    // An address in one line answers for its street as well as for its number and place.
    let is_of_address = |claim: &Claim| {
        account::is_of_address(claim)
            && piece.under.is_some_and(|under| {
                account.claims[claims..]
                    .iter()
                    .any(|claim| claim.field == under && account::is_of_address(claim))
            })
    };
    let strays = account.claims[claims..]
        .iter()
        .any(|claim| Some(claim.field) != piece.under && !is_of_address(claim) || fits_elsewhere(claim));
    let reason = if strays || account.verdicts.len() > verdicts {
        DoubtReason::AmbiguousValue
    } else if piece.is_numbered && account.claims.len() == claims && !later {
        DoubtReason::UnclearAnswer
    } else {
        return;
    };
    account.doubts.push(Doubt {
        reason,
        text: Some(piece.text.trim().chars().take(DOUBT_CHARS_MAX).collect()),
        span: piece.range.as_ref().map(|range| (range.start, range.end)),
        words: Vec::new(),
    });
}

/// Where the sign-off begins: lines of names alone at the end, or after a closing formula. Who writes is no answer; but a
/// name that is all there is may be one.
fn sign_off(scope: &Scope<'_>, piece: &Piece, sentences: &[Sentence], said_before: bool) -> usize {
    let closed = sentences
        .iter()
        .rposition(|sentence| sentence.items.iter().any(|item| item.means(Meaning::Closing)));
    let names = [Field::FirstName, Field::LastName, Field::CompanyName];
    let asks_a_name = names.iter().any(|field| scope.is_asked(*field));
    let mut from = sentences.len();
    while let Some(sentence) = from.checked_sub(1).map(|last| &sentences[last]) {
        // "Thanks. Kathleen": a name, unless it is one that was asked.
        let thanks = |sentence: &Sentence| sentence.items.iter().any(|item| item.means(Meaning::Thanks));
        let only_thanks = !asks_a_name && sentences[..from - 1].iter().any(thanks);
        let says_more =
            said_before || only_thanks || sentences[..from - 1].iter().any(Sentence::has_substance);
        let after_closing = closed.is_some_and(|closed| from - 1 > closed) && is_a_name(piece, sentence);
        let named = says_more && piece.under.is_none() && is_signed_by_known(scope, piece, sentence);
        if sentence.asks || !(after_closing || named) {
            break;
        }
        from -= 1;
    }
    from
}

/// A few capitalised words that mean nothing else.
fn is_a_name(piece: &Piece, sentence: &Sentence) -> bool {
    sentence.items.len() <= SIGN_OFF_WORDS_MAX
        && sentence.items.iter().all(|item| {
            let word = &piece.text[item.range.clone()];
            let may_be_name = match item.kind {
                ItemKind::Unknown | ItemKind::Break(_) => true,
                // Fox, baker, rose: surnames are words too.
                ItemKind::Phrase(meanings) => meanings.iter().all(|meaning| meaning.is_of_a_tale()),
                ItemKind::Value(_) => false,
            };
            may_be_name && (names::has_capital(word) || word.chars().count() <= 1)
        })
}

/// The names of the customer or of the sender, with initials, and a title behind a comma at most.
fn is_signed_by_known(scope: &Scope<'_>, piece: &Piece, sentence: &Sentence) -> bool {
    let comma = sentence
        .items
        .iter()
        .position(|item| matches!(item.kind, ItemKind::Break(',')));
    let (name, title) = sentence.items.split_at(comma.unwrap_or(sentence.items.len()));
    let known = |item: &sentence::Item| {
        let word = &piece.text[item.range.clone()];
        !matches!(item.kind, ItemKind::Value(_))
            && (word.chars().count() == 1
                || item.means(Meaning::Particle)
                || item.means(Meaning::Title)
                || value::fold_key(word).split(' ').all(|part| scope.is_name(part)))
    };
    let untold = |item: &sentence::Item| match item.kind {
        ItemKind::Value(_) => false,
        ItemKind::Phrase(meanings) => meanings.iter().all(|meaning| meaning.is_of_a_tale()),
        _ => true,
    };
    let is_name =
        !name.is_empty() && name.iter().all(known) && !name.iter().all(|item| item.means(Meaning::Title));
    let signed = is_name || is_signed_short(scope, piece, name);
    signed && title.len() <= TITLE_ITEMS_MAX && title.iter().all(untold)
}

/// "kev" under a message of Kevin's, who was not asked for his name.
fn is_signed_short(scope: &Scope<'_>, piece: &Piece, name: &[sentence::Item]) -> bool {
    let asks_name = scope.is_asked(Field::FirstName) || scope.is_asked(Field::LastName);
    matches!(name, [item] if !asks_name
        && matches!(item.kind, ItemKind::Unknown)
        && scope.is_short_for_name(&value::fold_key(&piece.text[item.range.clone()])))
}

/// The written yes that a registration made by phone needs: a plain yes to the letter that asks for it.
fn written_yes(
    registration: &Registration,
    letter: Option<&SentLetter>,
    account: &mut Account,
) -> Option<Evidence> {
    // An acknowledgement asks for it again while it is awaited.
    let asks_for_it = matches!(
        letter.and_then(|letter| letter.kind),
        Some(LetterKind::RegistrationConfirmation | LetterKind::Acknowledgement)
    );
    let asked = asks_for_it && registration.written_yes == WrittenYes::Awaited;
    if !asked
        || account.verdicts.is_empty()
        || !account
            .verdicts
            .iter()
            .all(|verdict| verdict.yes && !verdict.except)
    {
        return None;
    }
    let evidence = account.verdicts[0].evidence.clone();
    account.verdicts.clear();
    Some(evidence)
}

#[cfg(test)]
mod tests;
