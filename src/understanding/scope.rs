//! What the sentences are read against: what was asked, what is registered, who writes.

use std::collections::HashSet;

use jiff::civil::Date;

use super::words::{Label, Words};
use crate::reading::Message;
use crate::registration::value::fold_key;
use crate::registration::{Energy, Field, Language, Reason, Registration};

/// Shorter words are initials, or anything.
const SHORT_NAME_LETTERS_MIN: usize = 3;

pub(super) struct Scope<'a> {
    pub(super) registration: &'a Registration,
    /// The language of the sentences.
    pub(super) language: Language,
    /// The open questions, in their order.
    pub(super) asked: Vec<(Field, Reason)>,
    /// The day the message was written.
    pub(super) day: Option<Date>,
    /// Folded words of names that stand in greetings and sign-offs: the customer's and the sender's.
    names: HashSet<String>,
    /// Folded words of everything registered: address, company, supplier.
    registered: HashSet<String>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(message: &Message, registration: &'a Registration) -> Scope<'a> {
        let mut names = HashSet::new();
        let mut registered = HashSet::new();
        for (field, value) in &registration.fields {
            let set = match field {
                Field::FirstName | Field::LastName | Field::CompanyName => &mut names,
                Field::Street | Field::Municipality => &mut registered,
                _ => continue,
            };
            add_words(set, value);
        }
        let sender = message.from.as_ref().and_then(|from| from.name.as_deref());
        add_words(&mut names, sender.unwrap_or_default());
        // Where a name is asked, the one in the address may be the answer.
        let asks_a_name = registration
            .open_questions()
            .any(|question| matches!(question.field, Field::FirstName | Field::LastName));
        let address = message.from.as_ref().map(|from| from.address.as_str());
        if !asks_a_name {
            add_names_of_address(&mut names, address.unwrap_or_default());
        }
        add_words(
            &mut registered,
            registration.current_supplier.as_deref().unwrap_or_default(),
        );
        Scope {
            registration,
            language: message.language.unwrap_or(registration.language),
            asked: registration
                .open_questions()
                .map(|question| (question.field, question.reason))
                .collect(),
            day: message.date.as_ref().map(|date| date.date()),
            names,
            registered,
        }
    }

    pub(super) fn reason(&self, field: Field) -> Option<Reason> {
        self.asked
            .iter()
            .find(|(asked, _)| *asked == field)
            .map(|(_, reason)| *reason)
    }

    pub(super) fn is_asked(&self, field: Field) -> bool {
        self.reason(field).is_some()
    }

    pub(super) fn doubtful(&self) -> impl Iterator<Item = Field> + '_ {
        self.asked
            .iter()
            .filter(|(_, reason)| *reason == Reason::Doubtful)
            .map(|(field, _)| *field)
    }

    pub(super) fn is_name(&self, word: &str) -> bool {
        self.names.contains(word)
    }

    /// "Kev" for Kevin.
    pub(super) fn is_short_for_name(&self, word: &str) -> bool {
        let short = word.chars().count() >= SHORT_NAME_LETTERS_MIN && word.chars().all(char::is_alphabetic);
        short && self.names.iter().any(|name| name.starts_with(word))
    }

    pub(super) fn is_registered_word(&self, word: &str) -> bool {
        self.registered.contains(word)
    }

    /// The fields a label can mean here, given the energies named beside it.
    pub(super) fn fields_of(&self, label: Label, energies: &[Energy]) -> Vec<Field> {
        let both = |of: fn(Energy) -> Field| self.energies(energies).into_iter().map(of).collect();
        match label {
            Label::Field(field) => vec![field],
            Label::Name => self.only_asked(&[Field::FirstName, Field::LastName, Field::CompanyName]),
            Label::Date => self.only_asked(&[Field::DateOfBirth, Field::StartDate]),
            Label::Home => self.only_asked(&[Field::Street, Field::Municipality]),
            Label::Address => self.only_asked(&[
                Field::Street,
                Field::HouseNumber,
                Field::Box,
                Field::PostalCode,
                Field::Municipality,
            ]),
            Label::Ean => both(Energy::ean_field),
            Label::MeterNumber => both(Energy::meter_number_field),
        }
    }

    /// Those of the energies named, or all that the registration has.
    fn energies(&self, named: &[Energy]) -> Vec<Energy> {
        if named.is_empty() {
            self.registration.energies.clone()
        } else {
            named.to_vec()
        }
    }

    pub(super) fn only_asked(&self, fields: &[Field]) -> Vec<Field> {
        fields
            .iter()
            .copied()
            .filter(|field| self.is_asked(*field))
            .collect()
    }
}

/// The names in "first.last@domain": words that mean nothing else.
fn add_names_of_address(set: &mut HashSet<String>, address: &str) {
    let local = address.split('@').next().unwrap_or_default();
    for part in local.split(['.', '_', '-']) {
        let word = fold_key(part);
        let is_word = |word: &str| {
            Language::ALL
                .into_iter()
                .any(|language| !Words::of(language).meanings(word).is_empty())
        };
        let named = word.chars().count() >= SHORT_NAME_LETTERS_MIN && word.chars().all(char::is_alphabetic);
        if named && !is_word(&word) {
            set.insert(word);
        }
    }
}

fn add_words(set: &mut HashSet<String>, text: &str) {
    for word in fold_key(text).split(' ').filter(|word| !word.is_empty()) {
        set.insert(word.to_owned());
    }
}
