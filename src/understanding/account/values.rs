//! Values that show by their form what they are: for which field each is said.

use super::*;

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
        let energies = self.energies_for(clause);
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

    pub(super) fn take_date(&mut self, place: usize, clause: &Range<usize>) {
        let Some(found) = self.value(place) else { return };
        let dates = [Field::DateOfBirth, Field::StartDate];
        if self.is_of_another(place) {
            self.explained[place] = true;
            return;
        }
        let mut fields = self.labelled(clause, &dates, place);
        if fields.is_empty() && self.stands_bare(clause, place) {
            fields = self.scope.only_asked(&dates);
        }
        let [field] = fields.as_slice() else {
            return;
        };
        let read = if *field == Field::DateOfBirth {
            value::parse_birth_date(&found.text, self.scope.day)
        } else {
            value::parse_date(&found.text, self.scope.day)
        };
        if *field == Field::DateOfBirth && self.says(Meaning::ThirdPerson) {
            self.explained[place] = true;
            self.doubt(DoubtReason::AmbiguousValue);
            return;
        }
        let of_a_child = |date: &Date| {
            let day = self.scope.day;
            *field == Field::DateOfBirth && day.is_some_and(|day| date.year() + ADULT_YEARS > day.year())
        };
        if read.as_ref().is_ok_and(of_a_child) {
            self.explained[place] = true;
            self.doubt(DoubtReason::UnclearAnswer);
            return;
        }
        let date = read.map(|date| date.to_string()).map_err(|fault| fault.code);
        self.take_one(place, &[*field], date, "date");
    }

    /// Whether nothing stands beside the value in its clause but words like "it is": then it answers what was asked.
    pub(super) fn stands_bare(&self, clause: &Range<usize>, place: usize) -> bool {
        clause.clone().all(|other| {
            let item = &self.items()[other];
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
        if self.is_of_another(place) || self.is_in_slip(place, text) {
            self.explained[place] = true;
            return;
        }
        // The number of something and no value: which one is for a person to see.
        if self.is_list_number(found) {
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
        let free_of_context = self.stands_bare(clause, place);
        let asked = self.scope.only_asked(&kinds);
        let fitting: Vec<Field> = asked
            .into_iter()
            .filter(|field| looks_like(*field, text))
            .filter(|field| free_of_context || matches!(field, Field::Phone | Field::EnterpriseNumber))
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

    /// "0. Yes", "yes, 5) yes".
    fn is_list_number(&self, found: &Found) -> bool {
        let behind = &self.piece.text[found.range.end..];
        let line_before = self.piece.text[..found.range.start].rsplit('\n').next();
        let begins = line_before.is_some_and(|before| before.trim().is_empty());
        let unopened = behind.starts_with(')') && !line_before.is_some_and(|before| before.contains('('));
        let goes_on = self
            .sentence
            .items
            .last()
            .is_some_and(|last| last.range.start >= found.range.end);
        let short = found.text.len() <= LIST_NUMBER_DIGITS_MAX;
        short && goes_on && (unopened || begins && behind.starts_with(['.', ':']))
    }

    pub(super) fn is_in_slip(&self, _place: usize, text: &str) -> bool {
        text.chars().count() <= SLIP_NUMBER_CHARS_MAX && self.says(Meaning::Slip)
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
        if self.is_denied(place) || (same && self.is_replaced(place)) {
            if !same {
                self.doubt(DoubtReason::Contradiction);
            }
            return;
        }
        if *field == Field::Phone && self.says(Meaning::ThirdPerson) {
            self.doubt(DoubtReason::AmbiguousValue);
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
