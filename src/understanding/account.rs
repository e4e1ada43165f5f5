//! Accounts for every sentence: what it says of which field, or why a person must read it.
//!
//! The principle, which every function here serves: an item of a sentence is either *explained* (a value and the words
//! beside it, or a word of no consequence) or it is left over, and one item left over makes a doubt of the sentence.

mod addresses;
mod attachments;
mod bystanders;
mod dates;
mod denied;
mod labels;
mod suspicions;
mod tales;
mod texts;
mod values;
mod verdicts;

pub(super) use addresses::is_of_address;
use suspicions::Suspicion;
pub(super) use suspicions::not_excused;

use std::ops::Range;

use jiff::civil::Date;

use super::attached::Beside;
use super::claim::{Claim, Said};
use super::found::{Form, Found};
use super::names::{self, Spelling};
use super::own::Piece;
use super::scope::Scope;
use super::sentence::{Item, ItemKind, Sentence};
use super::words::{Around, Label, Meaning, Words};
use super::{DOUBT_CHARS_MAX, Doubt, DoubtReason, likeness, spelling};
use crate::reading::Message;
use crate::registration::question::FailedAnswer;
use crate::registration::value::{self, fold_key};
use crate::registration::{Energy, Evidence, Field, Language, places};

/// One doubt sends a message to a person; nobody reads more than these.
const DOUBTS_MAX: usize = 50;
/// Shorter questions ("which", "is the") are ones only where a clause begins.
const QUESTION_WORDS_MIN: usize = 3;
/// A greeting with the names it goes to has no more items.
const GREETED_ITEMS_MAX: usize = 4;
/// Words of a doubt that people are shown.
const DOUBT_WORDS_MAX: usize = 8;
/// Numbers in "two digits were swapped" sentences have no more characters than this.
const SLIP_NUMBER_CHARS_MAX: usize = 3;
/// The number of a line or question has no more digits.
const LIST_NUMBER_DIGITS_MAX: usize = 2;
/// Marks before a value that is not exact.
const ABOUT: [char; 3] = ['~', '±', '≈'];
/// Boxes and house numbers have no more digits than this.
const BOX_DIGITS_MAX: usize = 5;
/// A supply starts at most this many days before the message: who moved in and forgot.
const START_DAYS_PAST_MAX: i32 = 92;
/// A supply is asked for at most this many days ahead.
const START_DAYS_AHEAD_MAX: i32 = 366;
/// Who is younger cannot be a customer: an agent looks.
const ADULT_YEARS: i16 = 18;

/// What all sentences together say.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) claims: Vec<Claim>,
    pub(super) doubts: Vec<Doubt>,
    /// Sentences that are a yes or a no to no field in particular.
    pub(super) verdicts: Vec<Verdict>,
    /// Fields spoken of in sentences that give no answer to them.
    pub(super) mentioned: Vec<Field>,
    /// Asked fields that a clause names beside a yes or no: each must get an answer.
    pub(super) judged: Vec<Field>,
    /// "See my answers below" was said.
    pub(super) points_below: bool,
    /// "I will send it later" was said.
    pub(super) later: bool,
    /// Anything but greeting, thanks and closing was said.
    pub(super) substance: bool,
    pub(super) attachments: Attachments,
    /// What the attachments leave for sentences.
    pub(super) beside: Beside,
    /// Doubts about what is attached that need not be where every question has its answer.
    pub(super) of_cards: Vec<Doubt>,
    /// Doubts of sentences that are like those which change nothing: dropped when every question has its answer without them.
    pub(super) excusable: Vec<Doubt>,
}

/// What is attached, for sentences that speak of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Attachments {
    /// Nothing but logos and the like: "see the photo" speaks of something that is not there.
    #[default]
    None,
    /// Visiting cards, calendar entries and signatures of mail, which nobody needs to read.
    Cards,
    /// Something that nobody could read.
    Unread,
    /// All of it was read.
    Read,
}

impl Attachments {
    /// `read` are the places of those that were read whole.
    pub(super) fn of(message: &Message, read: &[usize]) -> Attachments {
        let telling: Vec<usize> = (0..message.attachments.len())
            .filter(|place| !message.attachments[*place].is_ornament())
            .collect();
        if telling.is_empty() && message.attachments.iter().any(|attachment| attachment.is_card()) {
            Attachments::Cards
        } else if telling.is_empty() {
            Attachments::None
        } else if telling.iter().all(|place| read.contains(place)) {
            Attachments::Read
        } else {
            Attachments::Unread
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) yes: bool,
    /// "Everything is".
    pub(super) all: bool,
    /// "... except".
    pub(super) except: bool,
    pub(super) evidence: Evidence,
}

/// What an earlier line leaves standing for the next one: "EAN gas:".
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    labels: Vec<Label>,
    energies: Vec<Energy>,
    field: Option<Field>,
}

/// One sentence under examination.
pub(super) struct Examination<'a> {
    scope: &'a Scope<'a>,
    piece: &'a Piece,
    sentence: &'a Sentence,
    values: &'a [Found],
    heading: Heading,
    explained: Vec<bool>,
    /// Labels whose other part ends the clause: "ziehen ... ein".
    split_labels: Vec<(usize, Label)>,
    /// Places of values said not to be those of the field.
    denied: Vec<(usize, Field)>,
    /// Places of numbers that only count something.
    counts: Vec<usize>,
    /// What may be a doubt: it is weighed when all that the sentence says is known.
    suspicions: Vec<Suspicion>,
    /// How many claims and verdicts there were before this sentence.
    claims_before: usize,
    verdicts_before: usize,
    account: &'a mut Account,
}

impl<'a> Examination<'a> {
    pub(super) fn new(
        scope: &'a Scope<'a>,
        piece: &'a Piece,
        sentence: &'a Sentence,
        values: &'a [Found],
        heading: Heading,
        account: &'a mut Account,
    ) -> Examination<'a> {
        let explained = vec![false; sentence.items.len()];
        Examination {
            scope,
            piece,
            sentence,
            values,
            heading,
            explained,
            split_labels: Vec::new(),
            denied: Vec::new(),
            counts: Vec::new(),
            suspicions: Vec::new(),
            verdicts_before: account.verdicts.len(),
            claims_before: account.claims.len(),
            account,
        }
    }

    /// Takes the sentence in, and returns what it leaves standing for the next line.
    pub(super) fn run(mut self) -> Heading {
        let claims_before = self.claims_before;
        self.find_split_labels();
        self.raise_alarms();
        self.explain_plain_phrases();
        self.explain_counts();
        self.take_addresses();
        self.take_texts();
        self.explain_tale();
        for clause in self.clauses() {
            self.take_values(&clause);
        }
        self.settle_denied();
        self.suspect_starts();
        self.explain_parts_of_values();
        self.explain_replaced_values();
        // "Yes, the name is right": what is said of a label comes before what is said of nothing.
        let (named, bare): (Vec<_>, Vec<_>) = self
            .clauses()
            .into_iter()
            .partition(|clause| self.fields_named(clause).is_some());
        for clause in named.into_iter().chain(bare) {
            self.take_yes_and_no(&clause, claims_before);
        }
        self.explain_names_and_sources();
        self.explain_words_of_attachments();
        self.explain_mistyped();
        self.weigh_tale();
        self.weigh_plain_words();
        self.suspect_leftovers();
        self.weigh_suspicions();
        self.drop_replaced(claims_before);
        self.doubt_unsaid();
        self.doubt_exceptions();
        self.note_mentions(claims_before);
        self.heading_for_next(claims_before)
    }

    fn items(&self) -> &'a [Item] {
        &self.sentence.items
    }

    fn text_of(&self, range: &Range<usize>) -> &'a str {
        &self.piece.text[range.clone()]
    }

    fn value(&self, item: usize) -> Option<&'a Found> {
        match self.items()[item].kind {
            ItemKind::Value(index) => self.values.get(index),
            _ => None,
        }
    }

    fn says(&self, meaning: Meaning) -> bool {
        self.items().iter().any(|item| item.means(meaning))
    }

    fn span(&self, range: &Range<usize>) -> Option<(usize, usize)> {
        let begin = self.piece.range.as_ref()?.start;
        Some((begin + range.start, begin + range.end))
    }

    fn evidence(&self, range: &Range<usize>, rule: &str) -> Evidence {
        Evidence {
            part: if self.piece.range.is_some() {
                "body"
            } else {
                "subject"
            }
            .to_owned(),
            span: self.span(range),
            text: self.text_of(range).to_owned(),
            rule: rule.to_owned(),
            place: None,
        }
    }

    /// One doubt of a kind a sentence is enough.
    fn doubt(&mut self, reason: DoubtReason) {
        self.doubt_of(reason, &[]);
    }

    /// As [`Self::doubt`], with the items that gave rise to it.
    fn doubt_of(&mut self, reason: DoubtReason, places: &[usize]) {
        let doubt = self.doubt_about(reason, places);
        add_doubt(&mut self.account.doubts, doubt);
    }

    fn doubt_about(&self, reason: DoubtReason, places: &[usize]) -> Doubt {
        let range = self.sentence.range.clone();
        let text: String = self
            .text_of(&range)
            .trim()
            .chars()
            .take(DOUBT_CHARS_MAX)
            .collect();
        let words = places
            .iter()
            .take(DOUBT_WORDS_MAX)
            .map(|place| self.text_of(&self.items()[*place].range).to_owned())
            .collect();
        Doubt {
            reason,
            text: Some(text),
            span: self.span(&range),
            words,
        }
    }

    fn places_of(&self, meaning: Meaning) -> Vec<usize> {
        (0..self.items().len())
            .filter(|place| self.items()[*place].means(meaning))
            .collect()
    }

    fn claim(&mut self, field: Field, said: Said, range: &Range<usize>, rule: &str) {
        let evidence = self.evidence(range, rule);
        self.account.claims.push(Claim {
            field,
            said,
            evidence,
        });
    }

    /// Meanings that call for a person wherever they stand.
    fn raise_alarms(&mut self) {
        if self.sentence.asks || self.asks_in_words() {
            self.doubt_of(DoubtReason::Question, &self.places_of(Meaning::Question));
        }
        for (meaning, reason) in [
            (Meaning::Withdrawal, DoubtReason::Withdrawal),
            (Meaning::NeedsPerson, DoubtReason::NeedsPerson),
            (Meaning::Uncertain, DoubtReason::UnclearAnswer),
            (Meaning::NotOurs, DoubtReason::AmbiguousValue),
        ] {
            let mut places = self.places_of(meaning);
            if meaning == Meaning::NotOurs {
                let clauses = self.tale_clauses();
                let helped = |place: &usize| {
                    let clause = clauses.iter().find(|clause| clause.contains(place));
                    self.items()[*place].means(Meaning::Owner)
                        && clause.is_some_and(|clause| self.only_helped(*place, clause))
                };
                places.retain(|place| !helped(place) && !self.names_other_energy(*place));
            }
            if meaning == Meaning::NeedsPerson {
                places.retain(|place| !self.introduces_customer(*place));
            }
            if meaning == Meaning::NotOurs && self.names_who_had_the_bill(&places) {
                continue;
            }
            let overlapped = self.sentence.overlapped.iter().any(|item| item.means(meaning));
            if overlapped || !places.is_empty() && reason == DoubtReason::Withdrawal {
                self.doubt_of(reason, &places);
            } else if !places.is_empty() {
                self.suspicions.push(Suspicion { reason, places });
            }
        }
        self.speak_of_attachments();
        // "Everything except correct" means the opposite of what its words say.
        let turned = self.items().windows(2).any(|pair| {
            pair[0].means(Meaning::Except) && !pair[0].means(Meaning::But) && pair[1].means(Meaning::Confirm)
        });
        if turned {
            self.doubt(DoubtReason::Contradiction);
        }
        let names_value = self
            .items()
            .iter()
            .any(|item| matches!(item.kind, ItemKind::Value(_) | ItemKind::Unknown));
        // "Only the three should be an eight": what it should be stands nowhere.
        if self.says(Meaning::ShouldBe) && !names_value && self.says(Meaning::Confirm) {
            self.doubt_of(DoubtReason::UnclearAnswer, &self.places_of(Meaning::ShouldBe));
        }
        let pointed = self.says(Meaning::Attachment) && self.account.beside.pointed.has(Field::StartDate);
        if self.says(Meaning::Vague) && self.concerns_start_date() && !pointed {
            self.doubt(DoubtReason::UnclearAnswer);
        }
        self.account.points_below |= self.says(Meaning::Below);
        self.account.later |= self.says(Meaning::Later);
        self.account.substance |= self.sentence.has_substance();
    }

    /// "I would like to know", and a question word that begins a clause; inside one it joins two ("I saw where it stands").
    fn asks_in_words(&self) -> bool {
        let mut begins = true;
        for item in self.items() {
            let words = fold_key(self.text_of(&item.range)).split(' ').count();
            if item.means(Meaning::Question) && (begins || words >= QUESTION_WORDS_MIN) {
                return true;
            }
            begins = match item.kind {
                ItemKind::Break(_) => true,
                _ => begins && item.means(Meaning::Greeting),
            };
        }
        false
    }

    fn concerns_start_date(&self) -> bool {
        let labelled = self.items().iter().any(|item| {
            item.means(Meaning::Label(Label::Field(Field::StartDate)))
                || item.means(Meaning::Label(Label::Date))
        });
        let has_date = self
            .items()
            .iter()
            .enumerate()
            .any(|(place, _)| self.value(place).is_some_and(|value| value.form == Form::Date));
        !has_date
            && (labelled
                || self.piece.under == Some(Field::StartDate)
                || self.heading.field == Some(Field::StartDate))
    }

    /// A known phrase explains itself, but for those that must lead to an answer first.
    fn explain_plain_phrases(&mut self) {
        let begins = self
            .items()
            .first()
            .is_some_and(|item| item.means(Meaning::Greeting));
        for (place, item) in self.sentence.items.iter().enumerate() {
            let verdict = |meaning: &Meaning| {
                matches!(meaning, Meaning::Deny | Meaning::Confirm | Meaning::WeakConfirm)
            };
            let waits = item.meanings().iter().any(verdict) && !item.means(Meaning::Plain);
            self.explained[place] = match item.kind {
                ItemKind::Break(_) => true,
                ItemKind::Phrase(meanings) => {
                    !waits && meanings.iter().any(|meaning| explains_itself(*meaning, begins))
                }
                _ => false,
            };
        }
    }

    /// Names in greetings and sign-offs, words of the registration, and where a bill came from.
    fn explain_names_and_sources(&mut self) {
        let has_courtesy =
            self.says(Meaning::Closing) || self.says(Meaning::Greeting) || self.says(Meaning::Thanks);
        for place in 0..self.items().len() {
            let item = &self.items()[place];
            if self.explained[place] || matches!(item.kind, ItemKind::Value(_)) {
                continue;
            }
            let text = self.text_of(&item.range);
            let word = fold_key(text);
            let known = self.scope.is_name(&word) || self.scope.is_registered_word(&word);
            let small = item.means(Meaning::Particle) || item.means(Meaning::StreetWord);
            let letter = text.chars().count() == 1;
            self.explained[place] = (known && (has_courtesy || !names::is_asked_name(self.scope, &word)))
                || small
                || self.is_greeted(place)
                || (letter
                    && (self.says(Meaning::Spelling)
                        || self.says(Meaning::Slip)
                        || self.says(Meaning::Plain)))
                || (names::has_capital(text)
                    && (self.follows_source(place)
                        || self.is_place_of_code(text)
                        || self.is_birthplace(text)));
        }
    }

    /// "Beste An,": who is greeted, by one or two names before the comma or the end of the line.
    fn is_greeted(&self, place: usize) -> bool {
        let greets = self
            .items()
            .first()
            .is_some_and(|item| item.means(Meaning::Greeting));
        let end = self
            .items()
            .iter()
            .position(|item| matches!(item.kind, ItemKind::Break(',')))
            .unwrap_or(self.items().len());
        let capital = |item: &Item| names::has_capital(self.text_of(&item.range));
        greets && place < end && end <= GREETED_ITEMS_MAX && self.items()[1..end].iter().all(capital)
    }

    /// Where somebody was born says no more than that.
    fn is_birthplace(&self, name: &str) -> bool {
        self.says(Meaning::Label(Label::Field(Field::DateOfBirth)))
            && !self.scope.is_asked(Field::Municipality)
            && !places::codes_of(name).is_empty()
    }

    /// "4700 Eupen": the place that a postal code beside it belongs to.
    fn is_place_of_code(&self, name: &str) -> bool {
        (0..self.items().len())
            .filter_map(|place| self.value(place))
            .any(|found| {
                found.form == Form::Number && found.text.len() == 4 && places::fits(name, &found.text)
            })
    }

    /// "Facture Mosavolt", "afrekening van Noorderstroom": whose bill it was is of no consequence.
    fn follows_source(&self, place: usize) -> bool {
        let passes = |item: &Item| item.means(Meaning::Particle);
        let before = (0..place).rev().find(|before| !passes(&self.items()[*before]));
        before.is_some_and(|before| {
            self.items()[before].means(Meaning::Source)
                && matches!(self.items()[before].kind, ItemKind::Phrase(_))
        })
    }

    /// "You noted OLD, a typo, it is NEW": beside a new value and such words the registered one is the old one.
    fn drop_replaced(&mut self, claims_before: usize) {
        let turns = [Meaning::Slip, Meaning::ShouldBe, Meaning::But]
            .iter()
            .any(|meaning| self.says(*meaning));
        if !turns || self.says(Meaning::Confirm) {
            return;
        }
        let replaced: Vec<Field> = self.account.claims[claims_before..]
            .iter()
            .filter(|claim| matches!(claim.said, Said::Value(_)))
            .map(|claim| claim.field)
            .collect();
        let mut place = 0;
        self.account.claims.retain(|claim| {
            let old =
                place >= claims_before && claim.said == Said::Confirmed && replaced.contains(&claim.field);
            place += 1;
            !old
        });
    }

    /// Fields that are spoken of without an answer: a yes to everything does not hold for them.
    fn note_mentions(&mut self, claims_before: usize) {
        let whole = 0..self.items().len();
        let energies = self.energies_in(whole.clone());
        let answered: Vec<Field> = self.account.claims[claims_before..]
            .iter()
            .map(|claim| claim.field)
            .collect();
        self.note_judged();
        for label in self.labels_in(whole) {
            for field in self.scope.fields_of(label, &energies) {
                if !answered.contains(&field) && !self.says(Meaning::Slip) {
                    self.account.mentioned.push(field);
                }
            }
        }
    }

    /// Asked fields that a clause with a yes or no names, and that got no answer in this sentence.
    fn note_judged(&mut self) {
        let answered: Vec<Field> = self.account.claims[self.claims_before..]
            .iter()
            .map(|claim| claim.field)
            .collect();
        for clause in self.clauses() {
            let judges = self.items()[clause.clone()].iter().any(|item| {
                [Meaning::Confirm, Meaning::WeakConfirm]
                    .iter()
                    .any(|meaning| item.means(*meaning))
                    && !item.means(Meaning::Plain)
            });
            if !judges {
                continue;
            }
            let energies = self.energies_in(clause.clone());
            for label in self.labels_in(clause) {
                let mut named = self.scope.only_asked(&self.scope.fields_of(label, &energies));
                named.retain(|field| !answered.contains(field));
                if let [field] = named.as_slice() {
                    self.account.judged.push(*field);
                }
            }
        }
    }

    /// A line of labels alone speaks for the line below it.
    fn heading_for_next(self, claims_before: usize) -> Heading {
        let whole = 0..self.items().len();
        let has_value = self
            .items()
            .iter()
            .any(|item| matches!(item.kind, ItemKind::Value(_)));
        let ends_open = self.piece.text[self.sentence.range.end..]
            .trim_start_matches(' ')
            .starts_with(':')
            || matches!(
                self.items().last().map(|item| &item.kind),
                Some(ItemKind::Break(':'))
            );
        let labels_alone = self.items().iter().all(|item| {
            item.meanings()
                .iter()
                .any(|m| matches!(m, Meaning::Label(_) | Meaning::Energy(_) | Meaning::Particle))
                || matches!(item.kind, ItemKind::Break(_) | ItemKind::Value(_))
        });
        if claims_before < self.account.claims.len()
            || !(ends_open || labels_alone)
            || (has_value && !ends_open)
        {
            return Heading::default();
        }
        if self.items().len() == 1 && self.heading.field.is_some() {
            return self.heading;
        }
        Heading {
            labels: self.labels_in(whole.clone()),
            energies: self.energies_in(whole),
            field: if has_value || self.explained.is_empty() {
                self.heading.field
            } else {
                None
            },
        }
    }
}

/// One doubt of a kind a sentence is enough.
fn add_doubt(doubts: &mut Vec<Doubt>, doubt: Doubt) {
    let known =
        |other: &&mut Doubt| other.reason == doubt.reason && other.span == doubt.span && doubt.span.is_some();
    if let Some(known) = doubts.iter_mut().find(known) {
        known.words.extend(doubt.words);
    } else if doubts.len() < DOUBTS_MAX {
        doubts.push(doubt);
    }
}

/// Names need a name around them, and a greeting is one only in a sentence that begins with one ("dag" is also a day).
fn explains_itself(meaning: Meaning, begins_with_greeting: bool) -> bool {
    match meaning {
        Meaning::Particle
        | Meaning::StreetWord
        | Meaning::Telling
        | Meaning::TaleOnly
        | Meaning::Owner
        | Meaning::Unit => false,
        Meaning::Greeting => begins_with_greeting,
        _ => true,
    }
}
