//! Clauses, and what the labels in and around them name.

use super::*;

impl<'a> Examination<'a> {
    /// Pieces of the sentence that commas, brackets and "and" between two values set apart.
    pub(super) fn clauses(&self) -> Vec<Range<usize>> {
        let mut clauses = Vec::new();
        let mut begin = 0;
        for (place, item) in self.items().iter().enumerate() {
            let cut = match item.kind {
                ItemKind::Break(mark) => mark != ':' && mark != '=',
                ItemKind::Phrase(_) => {
                    matches!(
                        fold_key(self.text_of(&item.range)).as_str(),
                        "et" | "en" | "und" | "and"
                    ) && self.says_something(begin..place)
                        && self.says_something(place + 1..self.items().len())
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

    /// A value, or a label with a verdict: "5414... and the name is right" are two answers.
    fn says_something(&self, range: Range<usize>) -> bool {
        let items = &self.items()[range];
        let verdict = |item: &Item| {
            [Meaning::Confirm, Meaning::WeakConfirm, Meaning::Deny]
                .iter()
                .any(|meaning| item.means(*meaning))
        };
        let labelled = |item: &Item| {
            item.meanings()
                .iter()
                .any(|meaning| matches!(meaning, Meaning::Label(_)))
        };
        items.iter().any(|item| matches!(item.kind, ItemKind::Value(_)))
            || items.iter().any(verdict) && items.iter().any(labelled)
    }

    pub(super) fn labels_in(&self, range: Range<usize>) -> Vec<Label> {
        let mut labels = Vec::new();
        for place in range {
            let split = self.split_labels.iter().filter(|(other, _)| *other == place);
            let whole = self.items()[place]
                .meanings()
                .iter()
                .filter_map(|meaning| match meaning {
                    Meaning::Label(label) => Some(*label),
                    _ => None,
                });
            for label in whole.chain(split.map(|(_, label)| *label)) {
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
        labels
    }

    /// "Wir ziehen am 15. November ein": both parts are explained by being one label.
    pub(super) fn find_split_labels(&mut self) {
        if !matches!(self.scope.language, Language::De | Language::Nl) {
            return;
        }
        let word = |place: usize| fold_key(self.text_of(&self.items()[place].range));
        let mut found = Vec::new();
        for clause in self.clauses() {
            let last = word(clause.end - 1);
            let label = |place| Some((place, Around::words().of_split_verb(&word(place), &last)?));
            found.extend(clause.clone().filter_map(label));
        }
        self.split_labels = found
            .into_iter()
            .map(|(place, field)| (place, Label::Field(field)))
            .collect();
    }

    pub(super) fn energies_in(&self, range: Range<usize>) -> Vec<Energy> {
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

    /// The energies that hold for a clause: its own words; else those before it in the sentence, those behind the only value,
    /// the heading above, or the question it stands under.
    pub(super) fn energies_for(&self, clause: &Range<usize>) -> Vec<Energy> {
        let mut energies = self.energies_in(clause.clone());
        if energies.is_empty() {
            energies = self.energies_in(0..clause.start);
        }
        let values = self
            .items()
            .iter()
            .filter(|item| matches!(item.kind, ItemKind::Value(_)))
            .count();
        if energies.is_empty() && values == 1 {
            energies = self.energies_in(clause.end..self.items().len());
        }
        if energies.is_empty() {
            energies = self.heading.energies.clone();
        }
        if energies.is_empty() {
            energies.extend(self.piece.under.or(self.heading.field).and_then(Field::energy));
        }
        energies
    }

    /// The fields among `fitting` that labels name: in the clause, else before it in the sentence, else in the heading or by
    /// the question above.
    pub(super) fn labelled(&self, clause: &Range<usize>, fitting: &[Field], place: usize) -> Vec<Field> {
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
        // "Box 12 and not 2", "the box is not 2 but 12": the right one and the wrong one share their label.
        let denied = self.stands_denied(place);
        let ends = |before: usize| {
            matches!(self.items()[before].kind, ItemKind::Value(_)) && !denied && !self.stands_denied(before)
        };
        // Of several labels in a clause the nearest before the value is its own.
        let nearest = (clause.start..place).rev().find_map(|before| {
            if ends(before) {
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
        let before = (0..clause.start).rev().take_while(|before| !ends(*before));
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

    /// "The address" as a whole.
    pub(super) fn names_address(&self, clause: &Range<usize>) -> bool {
        let items = &self.items()[clause.clone()];
        items
            .iter()
            .any(|item| item.means(Meaning::Label(Label::Address)))
    }

    /// The fields that labels of the clause name; none when it has no label.
    pub(super) fn fields_named(&self, clause: &Range<usize>) -> Option<Vec<Field>> {
        let labels = self.labels_in(clause.clone());
        let energies = self.energies_in(clause.clone());
        if labels.is_empty() && energies.is_empty() {
            let address = self.scope.fields_of(Label::Address, &[]);
            return (self.names_address(clause) && !address.is_empty()).then_some(address);
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
        // "The name" under the question for the last name.
        if let Some(under) = self.piece.under.filter(|under| fields.contains(under)) {
            fields = vec![under];
        }
        Some(fields)
    }
}
