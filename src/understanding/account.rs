//! Accounts for every sentence: what it says of which field, or why a person must read it.
//!
//! The principle, which every function here serves: an item of a sentence is either *explained* (a value and the words
//! beside it, or a word of no consequence) or it is left over, and one item left over makes a doubt of the sentence.

use std::ops::Range;

use super::claim::{Claim, Said};
use super::found::{Form, Found};
use super::names::{self, Spelling};
use super::own::Piece;
use super::scope::Scope;
use super::sentence::{Item, ItemKind, Sentence};
use super::words::{Label, Meaning};
use super::{Doubt, DoubtReason};
use crate::registration::question::FailedAnswer;
use crate::registration::value::{self, fold_key};
use crate::registration::{Energy, Evidence, Field};

/// Numbers in "two digits were swapped" sentences have no more characters than this.
const SLIP_NUMBER_CHARS_MAX: usize = 3;

/// What all sentences together say.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) claims: Vec<Claim>,
    pub(super) doubts: Vec<Doubt>,
    /// Sentences that are a yes or a no to no field in particular.
    pub(super) verdicts: Vec<Verdict>,
    /// "See my answers below" was said.
    pub(super) points_below: bool,
    /// "I will send it later" was said.
    pub(super) later: bool,
    /// Anything but greeting, thanks and closing was said.
    pub(super) substance: bool,
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
            account,
        }
    }

    /// Takes the sentence in, and returns what it leaves standing for the next line.
    pub(super) fn run(mut self) -> Heading {
        let claims_before = self.account.claims.len();
        self.raise_alarms();
        self.explain_plain_phrases();
        self.take_question_number();
        self.take_texts();
        for clause in self.clauses() {
            self.take_values(&clause);
        }
        for clause in self.clauses() {
            self.take_yes_and_no(&clause, claims_before);
        }
        self.explain_names_and_sources();
        self.report_leftovers();
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
        }
    }

    fn doubt(&mut self, reason: DoubtReason) {
        let range = self.sentence.range.clone();
        self.account.doubts.push(Doubt {
            reason,
            text: Some(self.text_of(&range).trim().to_owned()),
            span: self.span(&range),
        });
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
        if self.sentence.asks || self.says(Meaning::Question) {
            self.doubt(DoubtReason::Question);
        }
        for (meaning, reason) in [
            (Meaning::Withdrawal, DoubtReason::Withdrawal),
            (Meaning::NeedsPerson, DoubtReason::NeedsPerson),
            (Meaning::Attachment, DoubtReason::UnreadAttachment),
            (Meaning::Uncertain, DoubtReason::UnclearAnswer),
            (Meaning::NotOurs, DoubtReason::AmbiguousValue),
        ] {
            if self.says(meaning) {
                self.doubt(reason);
            }
        }
        if self.says(Meaning::Vague) && self.concerns_start_date() {
            self.doubt(DoubtReason::UnclearAnswer);
        }
        self.account.points_below |= self.says(Meaning::Below);
        self.account.later |= self.says(Meaning::Later);
        let courtesy = |item: &Item| {
            [Meaning::Greeting, Meaning::Thanks, Meaning::Closing]
                .iter()
                .any(|meaning| item.means(*meaning))
        };
        let bare = self.items().iter().all(|item| {
            courtesy(item)
                || item.means(Meaning::Plain)
                || !matches!(item.kind, ItemKind::Value(_) | ItemKind::Phrase(_))
        });
        self.account.substance |= !bare || !self.items().iter().any(courtesy);
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
        for (place, item) in self.sentence.items.iter().enumerate() {
            let waits =
                item.meanings().iter().any(|meaning| {
                    matches!(meaning, Meaning::Deny | Meaning::Confirm | Meaning::WeakConfirm)
                }) && !item
                    .meanings()
                    .iter()
                    .any(|meaning| matches!(meaning, Meaning::Plain | Meaning::Slip));
            self.explained[place] = match item.kind {
                ItemKind::Break(_) => true,
                ItemKind::Phrase(meanings) => {
                    !waits
                        && meanings
                            .iter()
                            .any(|meaning| !matches!(meaning, Meaning::Particle | Meaning::StreetWord))
                }
                _ => false,
            };
        }
    }

    /// "2. 541448..." answers our second question.
    fn take_question_number(&mut self) {
        let (Some(found), true) = (
            self.items().first().and_then(|_| self.value(0)),
            self.items().len() > 1,
        ) else {
            return;
        };
        let Ok(number) = found.text.parse::<usize>() else {
            return;
        };
        let follows = self.piece.text[found.range.end..].starts_with(['.', ')', ':'])
            || self.piece.text[found.range.end..].starts_with(" :")
            || self.piece.text[found.range.end..].starts_with(" -");
        if follows
            && let Some((field, _)) = number
                .checked_sub(1)
                .and_then(|place| self.scope.asked.get(place))
        {
            self.heading = Heading {
                field: Some(*field),
                ..Heading::default()
            };
            self.explained[0] = true;
        }
    }

    /// Names and streets: beside their label, under their question, or a small edit of what is registered.
    fn take_texts(&mut self) {
        if self.says(Meaning::Closing)
            || self
                .items()
                .first()
                .is_some_and(|item| item.means(Meaning::Greeting))
        {
            return;
        }
        let under = self.piece.under.or(self.heading.field);
        let spellings = names::spellings(self.scope, &self.piece.text, self.items(), under);
        for Spelling {
            field,
            items,
            range,
            rule,
        } in spellings
        {
            let denied = self.is_denied(items.start);
            for place in items.clone() {
                self.explained[place] = true;
            }
            let written = value::fold_white_space(self.text_of(&range));
            self.take_text(field, &written, &range, denied, rule);
        }
    }

    fn take_text(&mut self, field: Field, written: &str, range: &Range<usize>, denied: bool, rule: &str) {
        let registered = self.scope.registration.field(field);
        let same = registered.is_some_and(|registered| names::is_same(registered, written));
        if denied {
            if !same {
                self.doubt(DoubtReason::Contradiction);
            }
            return;
        }
        let said = if same {
            // The name beside a denial is what is wrong with it.
            if self.clause_denies(range) {
                Said::Denied
            } else {
                Said::Confirmed
            }
        } else if names::has_capital(written)
            || registered.is_none_or(|registered| !names::has_capital(registered))
        {
            self.checked(field, written)
        } else {
            self.doubt(DoubtReason::UnclearAnswer);
            return;
        };
        self.claim(field, said, range, rule);
    }

    fn clause_denies(&self, range: &Range<usize>) -> bool {
        self.clauses().into_iter().any(|clause| {
            let holds = self.items()[clause.clone()]
                .iter()
                .any(|item| item.range.start >= range.start && item.range.end <= range.end);
            holds
                && self.items()[clause]
                    .iter()
                    .any(|item| item.means(Meaning::Deny) && !item.means(Meaning::Slip))
        })
    }

    fn checked(&self, field: Field, written: &str) -> Said {
        match value::normalise(field, written) {
            Ok(value) => Said::Value(value),
            Err(fault) => Said::Failed(FailedAnswer {
                value: written.to_owned(),
                fault: fault.code.to_owned(),
            }),
        }
    }

    /// Pieces of the sentence that commas, brackets and "and" between two values set apart.
    fn clauses(&self) -> Vec<Range<usize>> {
        let mut clauses = Vec::new();
        let mut begin = 0;
        let is_value = |item: &Item| matches!(item.kind, ItemKind::Value(_));
        for (place, item) in self.items().iter().enumerate() {
            let cut = match item.kind {
                ItemKind::Break(mark) => mark != ':' && mark != '=',
                ItemKind::Phrase(_) => {
                    matches!(
                        fold_key(self.text_of(&item.range)).as_str(),
                        "et" | "en" | "und" | "and"
                    ) && self.items()[begin..place].iter().any(is_value)
                        && self.items()[place..].iter().any(is_value)
                }
                _ => false,
            };
            if cut {
                clauses.push(begin..place);
                begin = place + 1;
            }
        }
        clauses.push(begin..self.items().len());
        clauses.retain(|clause| !clause.is_empty());
        clauses
    }

    fn labels_in(&self, range: Range<usize>) -> Vec<Label> {
        let mut labels = Vec::new();
        for item in &self.items()[range] {
            for meaning in item.meanings() {
                if let Meaning::Label(label) = meaning
                    && !labels.contains(label)
                {
                    labels.push(*label);
                }
            }
        }
        labels
    }

    fn energies_in(&self, range: Range<usize>) -> Vec<Energy> {
        let mut energies = Vec::new();
        for item in &self.items()[range] {
            for meaning in item.meanings() {
                let energy = match meaning {
                    Meaning::Energy(energy) => Some(*energy),
                    Meaning::Label(Label::Field(field)) => field.energy(),
                    _ => None,
                };
                if let Some(energy) = energy
                    && !energies.contains(&energy)
                {
                    energies.push(energy);
                }
            }
        }
        energies
    }

    /// The energies that hold for a clause: its own words; else those before it in the sentence, the heading above, or the
    /// question it stands under.
    fn energies_for(&self, clause: &Range<usize>) -> Vec<Energy> {
        let mut energies = self.energies_in(clause.clone());
        if energies.is_empty() {
            energies = self.energies_in(0..clause.start);
        }
        if energies.is_empty() {
            energies = self.heading.energies.clone();
        }
        if energies.is_empty() {
            energies.extend(self.piece.under.or(self.heading.field).and_then(Field::energy));
        }
        let values = self
            .items()
            .iter()
            .filter(|item| matches!(item.kind, ItemKind::Value(_)))
            .count();
        if energies.is_empty() && values == 1 {
            energies = self.energies_in(clause.end..self.items().len());
        }
        energies
    }

    fn take_values(&mut self, clause: &Range<usize>) {
        for place in clause.clone() {
            if self.explained[place] {
                continue;
            }
            let Some(found) = self.value(place) else { continue };
            match &found.form {
                Form::Link => self.explained[place] = true,
                Form::Payment => self.explained[place] = true,
                Form::Reference(reference) => {
                    self.explained[place] = true;
                    if *reference != self.scope.registration.reference {
                        self.doubt(DoubtReason::Contradiction);
                    }
                }
                Form::Email(address) => self.take_email(place, address),
                Form::Iban(iban) => {
                    let fields = [Field::Iban];
                    self.take_one(place, &fields, iban.clone(), "iban");
                }
                Form::Ean(ean) => self.take_ean(place, clause, ean.clone()),
                Form::DigitalMeter(number) => self.take_meter(place, clause, number),
                Form::Date => self.take_date(place, clause),
                Form::Number => self.take_number(place, clause),
            }
        }
    }

    fn take_email(&mut self, place: usize, address: &str) {
        let same = self
            .scope
            .registration
            .field(Field::Email)
            .is_some_and(|email| email.eq_ignore_ascii_case(address));
        if same && !self.scope.is_asked(Field::Email) {
            self.explained[place] = true;
        } else {
            let email = value::normalise(Field::Email, address).map_err(|fault| fault.code);
            self.take_one(place, &[Field::Email], email, "email");
        }
    }

    fn take_ean(&mut self, place: usize, clause: &Range<usize>, ean: Result<String, &'static str>) {
        let energies = self.energies_for(clause);
        let mut fields = self.scope.fields_of(Label::Ean, &energies);
        if energies.is_empty() && fields.len() > 1 {
            let asked = self.scope.only_asked(&fields);
            if asked.len() == 1 {
                fields = asked;
            }
            if let Ok(ean) = &ean {
                let registered: Vec<Field> = fields
                    .iter()
                    .copied()
                    .filter(|field| self.scope.registration.field(*field) == Some(ean))
                    .collect();
                if registered.len() == 1 {
                    fields = registered;
                }
            }
        }
        self.take_one(place, &fields, ean, "ean");
    }

    fn take_meter(&mut self, place: usize, clause: &Range<usize>, number: &str) {
        let told = number
            .parse::<value::MeterNumber>()
            .ok()
            .and_then(|number| number.energy());
        let energies = self.energies_in(clause.clone());
        let fields: Vec<Field> = match told {
            Some(energy) if energies.is_empty() || energies == [energy] => vec![energy.meter_number_field()],
            Some(_) => Vec::new(),
            None => self.scope.fields_of(Label::MeterNumber, &energies),
        };
        self.take_one(place, &fields, Ok(number.to_owned()), "meter_number");
    }

    fn take_date(&mut self, place: usize, clause: &Range<usize>) {
        let Some(found) = self.value(place) else { return };
        let dates = [Field::DateOfBirth, Field::StartDate];
        let fields = self.labelled(clause, &dates, place);
        let fields = if fields.is_empty() {
            self.scope.only_asked(&dates)
        } else {
            fields
        };
        let [field] = fields.as_slice() else {
            return;
        };
        let read = if *field == Field::DateOfBirth {
            value::parse_birth_date(&found.text, self.scope.day)
        } else {
            value::parse_date(&found.text, self.scope.day)
        };
        let date = read.map(|date| date.to_string()).map_err(|fault| fault.code);
        self.take_one(place, &[*field], date, "date");
    }

    /// The fields among `fitting` that labels name: in the clause, else before it in the sentence, else in the heading or by
    /// the question above.
    fn labelled(&self, clause: &Range<usize>, fitting: &[Field], place: usize) -> Vec<Field> {
        let energies = self.energies_for(clause);
        let named = |labels: Vec<Label>| -> Vec<Field> {
            let mut fields: Vec<Field> = labels
                .into_iter()
                .flat_map(|label| self.scope.fields_of(label, &energies))
                .collect();
            fields.retain(|field| fitting.contains(field));
            fields.dedup();
            fields
        };
        // Of several labels in a clause the nearest before the value is its own.
        let nearest = (clause.start..place).rev().find_map(|before| {
            if matches!(self.items()[before].kind, ItemKind::Value(_)) {
                return Some(Vec::new());
            }
            let fields = named(self.labels_in(before..before + 1));
            (!fields.is_empty()).then_some(fields)
        });
        if let Some(fields) = nearest.filter(|fields| !fields.is_empty()) {
            return fields;
        }
        let own = named(self.labels_in(place..clause.end));
        if !own.is_empty() {
            return own;
        }
        let before = (0..clause.start)
            .rev()
            .take_while(|place| !matches!(self.items()[*place].kind, ItemKind::Value(_)));
        let before = before
            .last()
            .map_or_else(Vec::new, |begin| named(self.labels_in(begin..clause.start)));
        if !before.is_empty() {
            return before;
        }
        if let Some(field) = self.piece.under.or(self.heading.field) {
            return if fitting.contains(&field) {
                vec![field]
            } else {
                Vec::new()
            };
        }
        named(self.heading.labels.clone())
    }

    fn take_number(&mut self, place: usize, clause: &Range<usize>) {
        let Some(found) = self.value(place) else { return };
        let text = found.text.trim_start_matches('(').trim_end_matches(')');
        if self.is_of_another(place) || self.is_in_slip(place, text) {
            self.explained[place] = true;
            return;
        }
        let kinds = [
            Field::Phone,
            Field::EnterpriseNumber,
            Field::HouseNumber,
            Field::Box,
            Field::PostalCode,
            Field::ElectricityMeterNumber,
            Field::GasMeterNumber,
        ];
        let labelled = self.labelled(clause, &kinds, place);
        if !labelled.is_empty() {
            self.take_labelled_number(place, &labelled, text);
            return;
        }
        let registered = kinds.iter().copied().find(|field| {
            let registered = self.scope.registration.field(*field);
            registered.is_some() && registered == value::normalise(*field, text).ok().as_deref()
        });
        if let Some(field) = registered {
            if self.scope.is_asked(field) {
                self.take_one(
                    place,
                    &[field],
                    value::normalise(field, text).map_err(|fault| fault.code),
                    "number",
                );
            }
            self.explained[place] = true;
            return;
        }
        // Without any label: the one asked field whose values look like this.
        let asked = self.scope.only_asked(&kinds);
        let fitting: Vec<Field> = asked
            .into_iter()
            .filter(|field| looks_like(*field, text))
            .collect();
        if let [field] = fitting.as_slice() {
            self.take_one(
                place,
                &[*field],
                value::normalise(*field, text).map_err(|fault| fault.code),
                "number",
            );
        }
    }

    fn take_labelled_number(&mut self, place: usize, labelled: &[Field], text: &str) {
        let fitting: Vec<Field> = labelled
            .iter()
            .copied()
            .filter(|field| value::normalise(*field, text).is_ok())
            .collect();
        match (fitting.as_slice(), labelled) {
            ([field], _) | ([], [field]) => {
                let value = value::normalise(*field, text).map_err(|fault| fault.code);
                self.take_one(place, &[*field], value, "labelled_number");
            }
            (fields, _) => {
                let asked = self.scope.only_asked(fields);
                if let [field] = asked.as_slice() {
                    self.take_one(
                        place,
                        &[*field],
                        value::normalise(*field, text).map_err(|fault| fault.code),
                        "labelled_number",
                    );
                }
            }
        }
    }

    /// A customer's, invoice's or contract's number.
    fn is_of_another(&self, place: usize) -> bool {
        let before = (0..place).rev().map(|before| &self.items()[before]);
        before
            .take_while(|item| {
                item.means(Meaning::OtherNumber)
                    || item.means(Meaning::Plain)
                    || matches!(item.kind, ItemKind::Break(':'))
            })
            .any(|item| item.means(Meaning::OtherNumber))
    }

    fn is_in_slip(&self, _place: usize, text: &str) -> bool {
        text.chars().count() <= SLIP_NUMBER_CHARS_MAX && self.says(Meaning::Slip)
    }

    /// Takes a value for the one field it fits; for several it is a doubt.
    fn take_one(&mut self, place: usize, fields: &[Field], value: Result<String, &'static str>, rule: &str) {
        let Some(found) = self.value(place) else { return };
        self.explained[place] = true;
        let [field] = fields else {
            self.doubt(DoubtReason::AmbiguousValue);
            return;
        };
        let registered = self.scope.registration.field(*field);
        let same = match &value {
            Ok(value) => registered == Some(value.as_str()),
            Err(_) => registered
                .is_some_and(|registered| fold_key(registered).replace(' ', "") == bare(&found.text)),
        };
        if self.is_denied(place) || (same && self.is_replaced(place)) {
            if !same {
                self.doubt(DoubtReason::Contradiction);
            }
            return;
        }
        let range = found.range.clone();
        let said = match value {
            Ok(_) if same && self.clause_denies(&range) => Said::Denied,
            Ok(_) if same => Said::Confirmed,
            Ok(value) => Said::Value(value),
            Err(_) if same => {
                // The very value we called invalid, once more: asking again would not help.
                self.doubt(DoubtReason::Contradiction);
                return;
            }
            Err(code) => Said::Failed(FailedAnswer {
                value: found.text.clone(),
                fault: code.to_owned(),
            }),
        };
        self.claim(*field, said, &range, rule);
    }

    /// Whether a denial stands right before the item.
    fn is_denied(&mut self, begin: usize) -> bool {
        let passes = |item: &Item| {
            item.meanings()
                .iter()
                .any(|m| matches!(m, Meaning::Plain | Meaning::Label(_) | Meaning::Energy(_)))
                && !item.means(Meaning::Deny)
        };
        let before = (0..begin).rev().find(|place| !passes(&self.items()[*place]));
        if let Some(place) = before
            && (self.items()[place].means(Meaning::Deny) || self.items()[place].means(Meaning::Instead))
        {
            self.explained[place] = true;
            return true;
        }
        false
    }

    /// "OLD should be NEW": the value stands before such words and another behind them.
    fn is_replaced(&self, place: usize) -> bool {
        let behind = &self.items()[place + 1..];
        behind
            .iter()
            .position(|item| item.means(Meaning::ShouldBe))
            .is_some_and(|turn| {
                behind[turn..]
                    .iter()
                    .any(|item| matches!(item.kind, ItemKind::Value(_) | ItemKind::Unknown))
            })
    }

    /// "Correct", "wrong" and the like: of the fields the clause names, of the question above, or of no field in particular.
    fn take_yes_and_no(&mut self, clause: &Range<usize>, claims_before: usize) {
        let says = |meaning: Meaning| {
            (clause.clone())
                .filter(|place| self.items()[*place].means(meaning))
                .collect::<Vec<_>>()
        };
        let denials: Vec<usize> = says(Meaning::Deny)
            .into_iter()
            .filter(|place| !self.explained[*place])
            .collect();
        let strong: Vec<usize> = says(Meaning::Confirm)
            .into_iter()
            .filter(|place| !self.explained[*place])
            .collect();
        let weak: Vec<usize> = says(Meaning::WeakConfirm)
            .into_iter()
            .filter(|place| !self.explained[*place])
            .collect();
        if denials.is_empty() && strong.is_empty() && weak.is_empty() {
            return;
        }
        let yes = denials.is_empty();
        let claimed = self.account.claims.len() > claims_before;
        let clause_text = self.items()[clause.start].range.start..self.items()[clause.end - 1].range.end;
        let claimed_here = self.claims_within(&clause_text, claims_before);
        for place in denials.iter().chain(&strong).chain(&weak) {
            self.explained[*place] = true;
        }
        // "The right one is ..." and "no, it is ..." say no more than their value; a denial behind a value denies it.
        if !yes && self.denies_what_was_claimed(denials[0], claims_before) {
            self.doubt(DoubtReason::Contradiction);
            return;
        }
        if claimed_here {
            return;
        }
        if let Some(fields) = self.fields_named(clause) {
            match fields.as_slice() {
                [field] => self.yes_or_no(*field, yes, &clause_text),
                _ => self.doubt(DoubtReason::UnclearAnswer),
            }
            return;
        }
        if let Some(field) = self.piece.under.or(self.heading.field) {
            if !claimed {
                self.yes_or_no(field, yes, &clause_text);
            }
            return;
        }
        if claimed {
            return;
        }
        let all = self.says(Meaning::All);
        if strong.is_empty() && yes && !all {
            self.doubt(DoubtReason::UnclearAnswer);
            return;
        }
        let evidence = self.evidence(&clause_text, "verdict");
        let except = self.says(Meaning::Except);
        self.account.verdicts.push(Verdict {
            yes,
            all,
            except,
            evidence,
        });
    }

    /// Whether a value claimed in this sentence stands before the denial.
    fn denies_what_was_claimed(&self, denial: usize, claims_before: usize) -> bool {
        let Some((denial, _)) = self.span(&self.items()[denial].range) else {
            return true;
        };
        self.account.claims[claims_before..].iter().any(|claim| {
            matches!(claim.said, Said::Value(_) | Said::Failed(_) | Said::Confirmed)
                && claim.evidence.span.is_some_and(|(from, _)| from < denial)
        })
    }

    fn claims_within(&self, range: &Range<usize>, claims_before: usize) -> bool {
        let Some((begin, end)) = self.span(range) else {
            return self.account.claims.len() > claims_before;
        };
        self.account.claims[claims_before..].iter().any(|claim| {
            claim
                .evidence
                .span
                .is_some_and(|(from, to)| begin <= from && to <= end)
        })
    }

    /// The fields that labels of the clause name; none when it has no label.
    fn fields_named(&self, clause: &Range<usize>) -> Option<Vec<Field>> {
        let labels = self.labels_in(clause.clone());
        let energies = self.energies_in(clause.clone());
        if labels.is_empty() && energies.is_empty() {
            return None;
        }
        let labels = if labels.is_empty() {
            vec![Label::Ean, Label::MeterNumber]
        } else {
            labels
        };
        let mut fields: Vec<Field> = labels
            .into_iter()
            .flat_map(|label| self.scope.fields_of(label, &energies))
            .collect();
        let asked = self.scope.only_asked(&fields);
        if !asked.is_empty() {
            fields = asked;
        }
        fields.dedup();
        Some(fields)
    }

    fn yes_or_no(&mut self, field: Field, yes: bool, range: &Range<usize>) {
        let said = if yes { Said::Confirmed } else { Said::Denied };
        // A yes to what was not asked changes nothing; a no to it is news.
        if !self.scope.is_asked(field) && !yes {
            self.doubt(DoubtReason::UnaskedField);
            return;
        }
        self.claim(field, said, range, "said_of_label");
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
                || (letter
                    && (self.says(Meaning::Spelling)
                        || self.says(Meaning::Slip)
                        || self.says(Meaning::Plain)))
                || (names::has_capital(text) && self.follows_source(place));
        }
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

    fn report_leftovers(&mut self) {
        if self.explained.iter().any(|explained| !explained) {
            self.doubt(DoubtReason::UnexplainedSentence);
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
        if claims_before < self.account.claims.len() || (has_value && !ends_open) {
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

/// Digits and letters alone, in lower case.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether an unlabelled number has the looks of a field's values, and not only passes its checks.
fn looks_like(field: Field, text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let looks = match field {
        Field::Phone => text.starts_with(['0', '+', '(']) && digits >= 8,
        Field::EnterpriseNumber => digits == 10 || digits == 9 || text.to_ascii_uppercase().starts_with("BE"),
        Field::PostalCode => text.len() == 4 && digits == 4,
        Field::HouseNumber | Field::Box => text.chars().count() <= 4,
        Field::ElectricityMeterNumber | Field::GasMeterNumber => digits >= 6 && digits == text.len(),
        _ => false,
    };
    looks && value::normalise(field, text).is_ok()
}
