//! Names, streets and municipalities of a sentence.

use super::*;

impl<'a> Examination<'a> {
    /// Names and streets: beside their label, under their question, or a small edit of what is registered.
    pub(super) fn take_texts(&mut self) {
        let names_allowed = self.names_allowed();
        let under = self.piece.under.or(self.heading.field);
        let spellings = names::spellings(self.scope, &self.piece.text, self.items(), under);
        for Spelling {
            field,
            items,
            range,
            rule,
            joined,
        } in spellings
        {
            if !names_allowed.contains(&items.start) || self.is_in_address(&range) {
                continue;
            }
            let denied = self.is_denied(items.start);
            let end = self.end_of_spelling(items.end);
            let pointed_at = self.points_at_text(field, &(items.start..end), rule);
            for place in items.clone() {
                self.explained[place] = true;
            }
            let written = joined.unwrap_or_else(|| value::fold_white_space(self.text_of(&range)));
            self.take_text(field, &written, &range, denied, pointed_at, rule);
            self.explain_spelling(items.end..end, &written);
        }
    }

    /// The items between a greeting with its name and a closing formula with its own: who writes is no answer.
    fn names_allowed(&self) -> Range<usize> {
        let items = self.items();
        let greets = items.first().is_some_and(|item| item.means(Meaning::Greeting));
        let end = items
            .iter()
            .position(|item| item.means(Meaning::Closing))
            .unwrap_or(items.len());
        let begin = if greets {
            items
                .iter()
                .position(|item| matches!(item.kind, ItemKind::Break(_)))
                .unwrap_or(items.len())
        } else {
            0
        };
        begin..end
    }

    /// Whether the sentence says that the name is an answer: a label, a verdict, a word about its spelling, or nothing but the
    /// name. Names also stand where they answer nothing: who writes, what it concerns.
    pub(super) fn points_at_text(&self, field: Field, items: &Range<usize>, rule: &str) -> bool {
        let turns = [
            Meaning::Confirm,
            Meaning::WeakConfirm,
            Meaning::Deny,
            Meaning::But,
            Meaning::Instead,
            Meaning::ShouldBe,
            Meaning::Spelling,
            Meaning::Slip,
        ];
        let alone = (0..self.items().len()).all(|place| {
            items.contains(&place)
                || self.items()[place].means(Meaning::Copula)
                || matches!(self.items()[place].kind, ItemKind::Break(_))
        });
        let labelled = (self.labels_in(0..items.start).into_iter())
            .chain(self.labels_in(items.end..self.items().len()))
            .any(|label| self.scope.fields_of(label, &[]).contains(&field));
        let only_name = self.scope.asked.len() == 1
            || names::only_name_asked(self.scope) == Some(field) && self.goes_on_below();
        rule == "labelled_name"
            || rule == names::SPELLED_RULE
            || self.piece.under == Some(field)
            || self.heading.field == Some(field)
            || labelled
            || turns.iter().any(|meaning| self.says(*meaning))
            || alone && only_name
    }

    /// Whether anything stands below: the last line may be who writes.
    fn goes_on_below(&self) -> bool {
        !self.piece.text[self.sentence.range.end..].trim().is_empty()
    }

    /// "..., with one g", "avec un e et pas un a": where the words about the spelling of the name before them end.
    fn end_of_spelling(&self, begin: usize) -> usize {
        let speaks = |item: &Item| spelling::speaks_of_spelling(&self.piece.text, item);
        let end = self.items()[begin..]
            .iter()
            .position(|item| !speaks(item))
            .map_or(self.items().len(), |length| begin + length);
        let words = &self.items()[begin..end];
        let ends = self
            .items()
            .get(end)
            .is_none_or(|item| matches!(item.kind, ItemKind::Break(_)) || item.means(Meaning::Joins));
        // "Rue Haute, B" may be a box: a letter is spoken of behind a word like "with".
        let names_letters = words.iter().any(|item| item.means(Meaning::Spelling))
            || words.windows(2).any(|pair| {
                !matches!(pair[0].kind, ItemKind::Break(_))
                    && spelling::is_group(&fold_key(self.text_of(&pair[1].range)))
            });
        // "..., pas" and "niet, met ..." may be a no to the name.
        let denies = (0..words.len()).any(|place| {
            words[place].means(Meaning::Deny)
                && words
                    .get(place + 1)
                    .is_none_or(|next| matches!(next.kind, ItemKind::Break(_)))
        });
        if ends && names_letters && !denies {
            end
        } else {
            begin
        }
    }

    /// Words about the spelling of a name say no more than the name where they fit it.
    fn explain_spelling(&mut self, words: Range<usize>, written: &str) {
        if words.is_empty() {
            return;
        }
        let range = self.items()[words.start].range.start..self.items()[words.end - 1].range.end;
        if spelling::fits(self.text_of(&range), written) {
            for place in words {
                self.explained[place] = true;
            }
        }
    }

    pub(super) fn take_text(
        &mut self,
        field: Field,
        written: &str,
        range: &Range<usize>,
        denied: bool,
        pointed_at: bool,
        rule: &str,
    ) {
        let registered = self.scope.registration.field(field);
        let same = registered.is_some_and(|registered| names::is_same(registered, written));
        // "Not Faider" of a registered "Rue Faider".
        let part_of_registered = || {
            let words = registered.map(fold_key).unwrap_or_default();
            fold_key(written)
                .split(' ')
                .all(|part| words.split(' ').any(|word| word == part))
        };
        if denied {
            if !same && !part_of_registered() {
                self.doubt(DoubtReason::Contradiction);
            }
            return;
        }
        if !pointed_at {
            // The registered name once more is nothing, nor is the answer itself; another spelling may be an answer.
            let answered = self
                .account
                .claims
                .iter()
                .any(|claim| claim.field == field && claim.said == Said::Value(written.to_owned()));
            if !same && !answered {
                self.doubt(DoubtReason::UnclearAnswer);
            }
            return;
        }
        if !spelling::fits(self.text_of(&self.sentence.range), written)
            || same && self.says(Meaning::Spelling) && !self.says(Meaning::Confirm)
        {
            self.doubt(DoubtReason::UnclearAnswer);
            return;
        }
        let said = if same {
            self.said_of_registered(range)
        } else if names::has_capital(written)
            || registered.is_none_or(|registered| !names::has_capital(registered))
        {
            if self.is_disowned(range) {
                self.doubt(DoubtReason::Contradiction);
                return;
            }
            self.checked(field, written)
        } else {
            self.doubt(DoubtReason::UnclearAnswer);
            return;
        };
        self.claim(field, said, range, rule);
    }

    /// The registered value once more: confirmed, unless the clause denies it or the sentence begins with a "no".
    pub(super) fn said_of_registered(&self, range: &Range<usize>) -> Said {
        let begins_with_no = self.items().first().is_some_and(|item| item.means(Meaning::Deny));
        let wrong = begins_with_no || self.says(Meaning::Slip);
        if self.clause_denies(range) || (wrong && !self.says(Meaning::Confirm)) {
            Said::Denied
        } else {
            Said::Confirmed
        }
    }

    /// "It was X", "I do not have X", "X is a mistake": the value is what is wrong, former or wanting, not what is right.
    pub(super) fn is_disowned(&self, range: &Range<usize>) -> bool {
        let passes = |item: &&Item| item.means(Meaning::Copula) && !item.means(Meaning::Past);
        let before = self.items().iter().filter(|item| item.range.end <= range.start);
        let wanting = before.clone().any(|item| item.means(Meaning::Later));
        let former = before
            .rev()
            .find(|item| !passes(item))
            .is_some_and(|item| item.means(Meaning::Past));
        wanting || former || self.is_called_slip(range)
    }

    fn is_called_slip(&self, range: &Range<usize>) -> bool {
        let behind = self.items().iter().find(|item| {
            item.range.start >= range.end && !item.means(Meaning::Copula) && !item.means(Meaning::Plain)
        });
        behind.is_some_and(|item| item.means(Meaning::Slip) && !item.means(Meaning::Spelling))
    }

    pub(super) fn clause_denies(&self, range: &Range<usize>) -> bool {
        self.clauses().into_iter().any(|clause| {
            let holds = self.items()[clause.clone()]
                .iter()
                .any(|item| item.range.start >= range.start && item.range.end <= range.end);
            holds && self.items()[clause].iter().any(|item| item.means(Meaning::Deny))
        })
    }

    pub(super) fn checked(&self, field: Field, written: &str) -> Said {
        match value::normalise(field, written) {
            Ok(value) => Said::Value(value),
            Err(fault) => Said::Failed(FailedAnswer {
                value: written.to_owned(),
                fault: fault.code.to_owned(),
            }),
        }
    }
}
