//! Words that alarm elsewhere, and that say nothing of whose a value is where they stand.

use super::*;

impl<'a> Examination<'a> {
    /// "The code of the gas is 5414..., that of electricity is right": an energy is no owner. Its clause says a yes and no more.
    pub(super) fn names_other_energy(&self, place: usize) -> bool {
        let Some(clause) = self.clause_of(place) else {
            return false;
        };
        let items = self.items();
        let energy = |item: &Item| {
            item.meanings()
                .iter()
                .any(|meaning| matches!(meaning, Meaning::Energy(_)))
        };
        let part_of_yes = |item: &Item| {
            let small = [
                Meaning::Copula,
                Meaning::Particle,
                Meaning::Plain,
                Meaning::Confirm,
                Meaning::Also,
            ];
            small.iter().any(|meaning| item.means(*meaning)) && !item.means(Meaning::Deny)
        };
        let behind = &items[place + 1..clause.end];
        behind
            .iter()
            .find(|item| !item.means(Meaning::Particle))
            .is_some_and(energy)
            && behind.iter().any(|item| item.means(Meaning::Confirm))
            && (items[clause.start..place].iter().chain(behind)).all(|item| energy(item) || part_of_yes(item))
    }

    /// "On behalf of Example SRL I send you ...": of the customer that is registered.
    pub(super) fn introduces_customer(&self, place: usize) -> bool {
        let Some(clause) = self.clause_of(place) else {
            return false;
        };
        let items = self.items();
        let value = clause.clone().any(|place| self.value(place).is_some());
        let named = items[place + 1..clause.end]
            .iter()
            .find(|item| !(item.means(Meaning::Particle) || item.means(Meaning::Plain)))
            .is_some_and(|item| {
                let word = self.text_of(&item.range);
                names::has_capital(word) && word.split(' ').all(|word| self.scope.is_name(&fold_key(word)))
            });
        items[place].means(Meaning::Plain) && named && !value
    }

    fn clause_of(&self, place: usize) -> Option<Range<usize>> {
        self.tale_clauses()
            .into_iter()
            .find(|clause| clause.contains(&place))
    }
}
