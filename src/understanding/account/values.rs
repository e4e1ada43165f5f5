//! Values that show by their form what they are: for which field each is said.

use strsim::osa_distance;

use super::*;
use crate::registration::question::QUESTIONS_MAX;

/// Characters typed wrong in a reference that is still the registration's own.
const REFERENCE_MISTYPED_MAX: usize = 2;
/// Digits of a meter's number that stands beside nothing but the name of its energy: a reading has fewer.
const METER_DIGITS_MIN: usize = 7;
/// Articles that make a small number a letter or digit ("a 4"), not a house.
const ONE: [&str; 9] = ["un", "une", "een", "nen", "ne", "ein", "eine", "a", "an"];

impl<'a> Examination<'a> {
    pub(super) fn take_values(&mut self, clause: &Range<usize>) {
        for place in clause.clone() {
            if self.explained[place] {
                continue;
            }
            let Some(found) = self.value(place) else { continue };
            match &found.form {
                Form::Link | Form::Time => self.explained[place] = true,
                Form::Payment => self.explained[place] = true,
                Form::Reference(reference) => {
                    self.explained[place] = true;
                    self.compare_reference(reference.as_str());
                }
                Form::MistypedReference(typed) => {
                    self.explained[place] = true;
                    self.compare_reference(&format!("REG-{typed}"));
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

    /// The reference of another registration is a contradiction; that of this one, slightly mistyped, is none: two real ones
    /// differ in more.
    fn compare_reference(&mut self, typed: &str) {
        let own = self.scope.registration.reference.as_str();
        if osa_distance(typed, own) > REFERENCE_MISTYPED_MAX {
            self.doubt(DoubtReason::Contradiction);
        }
    }

    pub(super) fn take_email(&mut self, place: usize, address: &str) {
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

    pub(super) fn take_ean(
        &mut self,
        place: usize,
        clause: &Range<usize>,
        ean: Result<String, &'static str>,
    ) {
        if self.is_called_another_number(place) {
            self.explained[place] = true;
            self.doubt(DoubtReason::AmbiguousValue);
            return;
        }
        let energies = self
            .energy_before_each(clause, place)
            .map_or_else(|| self.energies_for(clause), |energy| vec![energy]);
        let mut fields = self.scope.fields_of(Label::Ean, &energies);
        if energies.is_empty() && fields.len() > 1 {
            if let Some(field) = self.field_of_old_ean(&fields) {
                fields = vec![field];
            }
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

    /// "Electricity 5414... gas 5414...": where each code of the clause stands right behind an energy of its own.
    fn energy_before_each(&self, clause: &Range<usize>, place: usize) -> Option<Energy> {
        let small = |item: &Item| {
            let label = item
                .meanings()
                .iter()
                .any(|meaning| matches!(meaning, Meaning::Label(_)));
            let named = item
                .meanings()
                .iter()
                .any(|meaning| matches!(meaning, Meaning::Energy(_)));
            !named && (label || item.means(Meaning::Plain) || item.means(Meaning::Copula))
                || matches!(item.kind, ItemKind::Break(':' | '='))
        };
        let before = |ean: usize| -> Option<Energy> {
            let item = self.items()[clause.start..ean]
                .iter()
                .rev()
                .find(|item| !small(item))?;
            match item.meanings() {
                [Meaning::Energy(energy)] => Some(*energy),
                _ => None,
            }
        };
        let eans: Vec<usize> = clause
            .clone()
            .filter(|place| {
                self.value(*place)
                    .is_some_and(|found| matches!(found.form, Form::Ean(_)))
            })
            .collect();
        let energies: Vec<Energy> = eans.iter().filter_map(|ean| before(*ean)).collect();
        match energies.as_slice() {
            [first, second] if eans.len() == 2 && first != second => before(place),
            _ => None,
        }
    }

    /// "Not OLD but NEW": the new one belongs where the old one is registered.
    pub(super) fn field_of_old_ean(&self, fields: &[Field]) -> Option<Field> {
        let eans: Vec<String> = (0..self.items().len())
            .filter_map(|place| self.value(place))
            .filter(|found| matches!(found.form, Form::Ean(_)))
            .map(|found| bare(&found.text))
            .collect();
        let turned = [Meaning::Deny, Meaning::Instead, Meaning::ShouldBe]
            .iter()
            .any(|meaning| self.says(*meaning));
        let mut olds = fields.iter().filter(|field| {
            self.scope
                .registration
                .field(**field)
                .is_some_and(|old| eans.contains(&bare(old)))
        });
        match (olds.next(), olds.next()) {
            (Some(field), None) if turned && eans.len() == 2 => Some(*field),
            _ => None,
        }
    }

    pub(super) fn take_meter(&mut self, place: usize, clause: &Range<usize>, number: &str) {
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

    /// Whether nothing stands beside the value in its clause but words like "it is": then it answers what was asked.
    pub(super) fn stands_bare(&self, clause: &Range<usize>, place: usize) -> bool {
        self.stands_bare_among(&clause.clone().collect::<Vec<_>>(), place)
    }

    fn stands_bare_among(&self, others: &[usize], place: usize) -> bool {
        others.iter().all(|other| {
            let (other, item) = (*other, &self.items()[*other]);
            other == place
                || matches!(item.kind, ItemKind::Break(_))
                || [
                    Meaning::Copula,
                    Meaning::Confirm,
                    Meaning::ShouldBe,
                    Meaning::Deny,
                    Meaning::But,
                    Meaning::Instead,
                    Meaning::Slip,
                ]
                .iter()
                .any(|meaning| item.means(*meaning))
                || self.value(other).map(|found| &found.form) == self.value(place).map(|found| &found.form)
                || self.value(other).is_some() && self.stands_denied(other)
                || self.is_registered_place(item)
        })
    }

    /// The registered municipality or street beside its number: "4100 Seraing".
    fn is_registered_place(&self, item: &Item) -> bool {
        let words = fold_key(self.text_of(&item.range));
        matches!(item.kind, ItemKind::Unknown)
            && words.split(' ').all(|word| self.scope.is_registered_word(word))
    }

    pub(super) fn take_number(&mut self, place: usize, clause: &Range<usize>) {
        let Some(found) = self.value(place) else { return };
        let text = found.text.trim_start_matches('(').trim_end_matches(')');
        // "L-1234", "D-52062": the code of another country.
        if has_country_before(&self.piece.text[..found.range.start]) {
            return;
        }
        if self.is_of_another(place) {
            self.explained[place] = true;
            return;
        }
        // The number of something and no value: which one is for a person to see.
        if self.is_list_number(found) || self.counts_on(place, text) {
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
        let may_be_short = [Field::HouseNumber, Field::Box]
            .iter()
            .any(|field| labelled.contains(field) || self.scope.is_asked(*field));
        if !may_be_short && self.is_in_slip(clause, place, text) {
            self.explained[place] = true;
            return;
        }
        let of_meter = |field: &Field| matches!(field, Field::ElectricityMeterNumber | Field::GasMeterNumber);
        if !labelled.is_empty() && labelled.iter().all(of_meter) && self.is_reading(clause, place) {
            self.explained[place] = true;
            self.doubt(DoubtReason::AmbiguousValue);
            return;
        }
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
                // "We were 4" says nothing of box 4.
                if !self.stands_with_address(clause, place) {
                    return;
                }
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
        if self.counts_a_verdict(place) || self.take_meter_of_energy(place, clause, text) {
            return;
        }
        // Without any label: the one asked field whose values look like this.
        let free_of_context = self.stands_bare(clause, place);
        let asked = self.scope.only_asked(&kinds);
        let fitting: Vec<Field> = asked
            .into_iter()
            .filter(|field| looks_like(*field, text))
            .filter(|field| {
                free_of_context
                    || matches!(field, Field::Phone | Field::EnterpriseNumber)
                    || *field == Field::HouseNumber && self.stands_with_address(clause, place)
            })
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

    /// "The meter's index is 12345", "12345 kWh": what it counted, not its number.
    fn is_reading(&self, clause: &Range<usize>, place: usize) -> bool {
        let begin = (clause.start..place)
            .rev()
            .take_while(|other| self.value(*other).is_none())
            .last()
            .unwrap_or(place);
        let end = (place + 2).min(clause.end);
        let bytes = self.items()[begin].range.start..self.items()[end - 1].range.end;
        Around::words().tells_a_reading(&fold_key(self.text_of(&bytes)))
    }

    /// "Gas = 0041-8825": where nothing else of that energy was asked than its meter's number.
    fn take_meter_of_energy(&mut self, place: usize, clause: &Range<usize>, text: &str) -> bool {
        let named = |item: &Item| {
            let only_energy = |meaning: &Meaning| {
                matches!(meaning, Meaning::Energy(_) | Meaning::Label(Label::MeterNumber))
            };
            item.meanings().iter().any(only_energy)
        };
        let others: Vec<usize> = clause
            .clone()
            .filter(|other| *other == place || !named(&self.items()[*other]))
            .collect();
        let energies = self.energies_in(clause.clone());
        let ([energy], true) = (energies.as_slice(), self.stands_bare_among(&others, place)) else {
            return false;
        };
        let field = energy.meter_number_field();
        let grouped = text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | ' '));
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let asked = self.scope.is_asked(field) && !self.scope.is_asked(energy.ean_field());
        let Ok(number) = value::normalise(field, text) else {
            return false;
        };
        if !asked || !grouped || digits < METER_DIGITS_MIN || looks_like(Field::Phone, text) {
            return false;
        }
        self.take_one(place, &[field], Ok(number), "number_of_energy");
        true
    }

    pub(super) fn take_labelled_number(&mut self, place: usize, labelled: &[Field], text: &str) {
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

    /// "Contract number 5414...": a bill may hold an EAN, but the number of a contract is none.
    fn is_called_another_number(&self, place: usize) -> bool {
        let before = (0..place).rev().map(|before| &self.items()[before]);
        before
            .take_while(|item| !matches!(item.kind, ItemKind::Value(_) | ItemKind::Break(',')))
            .find(|item| item.means(Meaning::OtherNumber) || matches!(item.kind, ItemKind::Phrase(meanings) if meanings.iter().any(|meaning| matches!(meaning, Meaning::Label(_)))))
            .is_some_and(|item| item.means(Meaning::OtherNumber) && !item.means(Meaning::Source))
    }

    /// A customer's, invoice's or contract's number.
    pub(super) fn is_of_another(&self, place: usize) -> bool {
        let before = (0..place).rev().map(|before| &self.items()[before]);
        before
            .take_while(|item| {
                item.means(Meaning::OtherNumber)
                    || item.means(Meaning::Plain)
                    || matches!(item.kind, ItemKind::Break(':'))
            })
            .any(|item| item.means(Meaning::OtherNumber))
    }

    /// "1 yes": the number of a question, or a value that is right?
    fn counts_a_verdict(&self, place: usize) -> bool {
        let verdict = |item: &Item| item.means(Meaning::Confirm) || item.means(Meaning::Deny);
        // "23 and not 21".
        let denies_another =
            self.items().len() > 2 && self.value(2).is_some() && self.items()[1].means(Meaning::Deny);
        place == 0 && self.items().get(1).is_some_and(verdict) && !denies_another
    }

    /// Alone, or beside the registered street.
    fn stands_with_address(&self, clause: &Range<usize>, place: usize) -> bool {
        let address = |item: &Item| item.means(Meaning::StreetWord) || self.is_registered_place(item);
        let others: Vec<usize> = clause
            .clone()
            .filter(|other| *other == place || !address(&self.items()[*other]))
            .collect();
        self.stands_bare_among(&others, place)
    }

    /// "2. yes 1. no": the number of another question right behind a yes or no.
    fn counts_on(&self, place: usize, text: &str) -> bool {
        let (Some(before), true) = (place.checked_sub(1), self.piece.is_numbered) else {
            return false;
        };
        let item = &self.items()[before];
        let after_verdict = item.means(Meaning::Confirm) || item.means(Meaning::Deny);
        let behind = &self.piece.text[self.items()[place].range.end..];
        let line_goes_on = behind
            .strip_prefix(['.', ')', ':'])
            .and_then(|rest| rest.lines().next())
            .is_some_and(|rest| !rest.trim().is_empty());
        let counts = text.parse().is_ok_and(|number: usize| number <= QUESTIONS_MAX);
        (after_verdict || matches!(item.kind, ItemKind::Break(_))) && line_goes_on && counts
    }

    /// "0. Yes", "yes, 5) yes".
    fn is_list_number(&self, found: &Found) -> bool {
        let behind = &self.piece.text[found.range.end..];
        let line_before = self.piece.text[..found.range.start].rsplit('\n').next();
        let begins = line_before.is_some_and(|before| before.trim().is_empty());
        let opened = line_before.is_some_and(|before| before.contains('('));
        let unopened = behind.starts_with(')') && !opened || behind.starts_with(':');
        let goes_on = self
            .sentence
            .items
            .last()
            .is_some_and(|last| last.range.start >= found.range.end);
        let short = found.text.len() <= LIST_NUMBER_DIGITS_MAX;
        short && goes_on && (unopened || begins && behind.starts_with('.'))
    }

    /// "The 4 and the 1 were swapped" says how it came about; "it is 41 (I swapped them)" what is right.
    pub(super) fn is_in_slip(&self, clause: &Range<usize>, place: usize, text: &str) -> bool {
        let small = text.chars().count() <= SLIP_NUMBER_CHARS_MAX;
        small && self.says(Meaning::Slip) && !self.is_answer_beside_slip(clause, place)
    }

    /// The one number of its sentence that is not denied, in a clause that says nothing else.
    fn is_answer_beside_slip(&self, clause: &Range<usize>, place: usize) -> bool {
        let slips = |place: usize| {
            let item = &self.items()[place];
            item.means(Meaning::Slip) && !item.means(Meaning::Thanks) && !item.means(Meaning::Closing)
        };
        let is_one = |place: usize| {
            let word = fold_key(self.text_of(&self.items()[place].range));
            ONE.iter()
                .any(|one| word == *one || word.ends_with(&format!(" {one}")))
        };
        let others = (0..self.items().len())
            .filter(|other| *other != place && self.value(*other).is_some())
            .all(|other| self.stands_denied(other));
        others
            && !clause.clone().any(slips)
            && !(place > clause.start && is_one(place - 1))
            && self.stands_bare(clause, place)
    }

    /// Takes a value for the one field it fits; for several it is a doubt.
    pub(super) fn take_one(
        &mut self,
        place: usize,
        fields: &[Field],
        value: Result<String, &'static str>,
        rule: &str,
    ) {
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
        let by_instead = self.is_behind_instead(place);
        if self.is_denied(place) || (same && self.is_replaced(place)) {
            if !same && by_instead {
                // "I had given OLD instead of NEW"?
                self.doubt(DoubtReason::Contradiction);
            } else if !same {
                self.denied.push((place, *field));
            }
            return;
        }
        if *field == Field::Phone && self.says(Meaning::ThirdPerson) {
            self.doubt(DoubtReason::AmbiguousValue);
        }
        if !same && is_of_another_kind(*field, &found.text) {
            self.doubt(DoubtReason::AmbiguousValue);
        }
        let before = self.piece.text[..found.range.start].trim_end();
        if before.ends_with(ABOUT) || before.ends_with(" ca.") || before == "ca." {
            self.doubt(DoubtReason::UnclearAnswer);
        }
        let range = found.range.clone();
        let said = match value {
            Ok(_) if same => self.said_of_registered(&range),
            Ok(_) if self.is_disowned(&range) => {
                self.doubt(DoubtReason::Contradiction);
                return;
            }
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
    pub(super) fn is_denied(&mut self, begin: usize) -> bool {
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
    pub(super) fn is_replaced(&self, place: usize) -> bool {
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
}

/// Digits and letters alone, in lower case.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a text that passes for a field's value is rather one of another kind: a phone under the question for the meter.
fn is_of_another_kind(field: Field, text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match field {
        Field::Box | Field::HouseNumber => {
            digits > BOX_DIGITS_MAX
                || text.bytes().all(|byte| byte == b'0')
                || looks_like(Field::Phone, text)
                // Box 12, or box B12?
                || text.strip_prefix('b').is_some_and(|rest| rest.parse::<u16>().is_ok())
        }
        Field::ElectricityMeterNumber | Field::GasMeterNumber => looks_like(Field::Phone, text),
        _ => false,
    }
}

/// One letter and a hyphen right before a number, other than the "B" of Belgium.
fn has_country_before(text: &str) -> bool {
    let mut before = text.chars().rev();
    let hyphen = before.next().is_some_and(|c| c == '-');
    let letter = before.next().is_some_and(|c| c.is_ascii_uppercase() && c != 'B');
    hyphen && letter && !before.next().is_some_and(char::is_alphanumeric)
}

/// Whether an unlabelled number has the looks of a field's values, and not only passes its checks.
fn looks_like(field: Field, text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let looks = match field {
        Field::Phone => {
            text.starts_with(['0', '+', '(']) && digits >= 8 && !is_grouped_enterprise_number(text)
        }
        Field::EnterpriseNumber => digits == 10 || digits == 9 || text.to_ascii_uppercase().starts_with("BE"),
        Field::PostalCode => text.len() == 4 && digits == 4,
        // Alone, a known postal code is rather that.
        Field::HouseNumber | Field::Box => {
            let bare = text.trim_end_matches(" bis").trim_end_matches(" ter");
            bare.chars().count() <= 4 && (text.starts_with('0') || !places::is_known(text))
        }
        Field::ElectricityMeterNumber | Field::GasMeterNumber => digits >= 6 && digits == text.len(),
        _ => false,
    };
    looks && value::normalise(field, text).is_ok()
}

/// "0457.946.896": grouped as enterprise numbers are, and valid as one.
fn is_grouped_enterprise_number(text: &str) -> bool {
    let groups: Vec<usize> = text.split('.').map(str::len).collect();
    groups == [4, 3, 3] && value::normalise(Field::EnterpriseNumber, text).is_ok()
}
