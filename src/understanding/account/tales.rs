//! Tales: what people tell around an answer. A sentence, or a clause of one, that gives no value may be made of many more words
//! than one that does; what might say whose a value is stays with a person.

use super::*;

/// Numbers of a tale have no more digits than a year.
const TALE_NUMBER_DIGITS_MAX: usize = 4;
/// Fewer words may mean anything: "Paris" is no mistyped "parti".
const TALE_ITEMS_MIN: usize = 3;
/// A tale that is more like sentences which need a person than this goes to one.
const TALE_LOG_ODDS_MAX: f64 = 0.0;
/// Of a sentence that puts off the answer to a question.
pub(super) const DEFERRAL_LOG_ODDS_MAX: f64 = 2.0;
/// So is a sentence of plain words.
const PLAIN_LOG_ODDS_MAX: f64 = 2.0;
const PLAIN_ITEMS_MIN: usize = 2;
/// "My husband, who never throws anything away, found": the helping word stands at most so many words behind who helped.
const HELPING_WORDS_MAX: usize = 7;

impl<'a> Examination<'a> {
    /// Words of tales, and the "not" and "good" that turn no answer.
    pub(super) fn explain_tale(&mut self) {
        for clause in self.tale_clauses() {
            self.judge_owners(&clause);
            self.explain_tale_clause(&clause);
        }
    }

    /// Clauses cut further at colons and joining words: what stands before "but I have it: 5414..." gives no value.
    pub(super) fn tale_clauses(&self) -> Vec<Range<usize>> {
        let mut clauses = Vec::new();
        for clause in self.clauses() {
            let mut begin = clause.start;
            for place in clause.clone() {
                let item = &self.items()[place];
                let cuts = matches!(item.kind, ItemKind::Break(_)) || item.means(Meaning::Joins);
                if cuts && place > begin {
                    clauses.push(begin..place);
                    begin = place;
                }
            }
            clauses.push(begin..clause.end);
        }
        clauses.retain(|clause| !clause.is_empty());
        clauses
    }

    /// "I am the bookkeeper of Example SRL", "greetings, Tom (on my wife's phone)", "like the painter": who writes, and how a
    /// name is spelled, are no answers.
    fn says_who_writes(&self, clause: &Range<usize>) -> bool {
        let begin = self.items()[clause.start].range.start;
        let text = fold_key(&self.piece.text[begin..self.items()[clause.end - 1].range.end]);
        let role = Around::words().says_who_writes(&text) || self.writes_for_customer(clause);
        let simile = Around::words().likens(&text) && self.claims_a_name();
        let valued = self.gives_value(clause.clone()) || self.names_what_was_asked(clause.clone());
        !valued && (role || simile || self.says(Meaning::Closing))
    }

    /// "As the bookkeeper of the company": of the one that is registered; for a neighbour only where the customer's name says so.
    fn writes_for_customer(&self, clause: &Range<usize>) -> bool {
        let items = &self.items()[clause.clone()];
        let is_company = self.scope.registration.field(Field::CompanyName).is_some()
            || self.scope.is_asked(Field::CompanyName)
            || self.scope.is_asked(Field::EnterpriseNumber);
        let is_named = items.iter().any(|item| {
            let word = self.text_of(&item.range);
            names::has_capital(word) && self.scope.is_name(&fold_key(word))
        });
        items.iter().any(|item| item.means(Meaning::Writer)) && (is_company || is_named)
    }

    fn claims_a_name(&self) -> bool {
        let texts = [
            Field::FirstName,
            Field::LastName,
            Field::CompanyName,
            Field::Street,
            Field::Municipality,
        ];
        self.account.claims[self.claims_before..]
            .iter()
            .any(|claim| texts.contains(&claim.field))
    }

    /// "My mother fills in no forms" is a tale; "it is my mother's", "for my mother:" and "(mother)" say whose the value is.
    fn judge_owners(&mut self, clause: &Range<usize>) {
        let items = self.items();
        let here = |meaning: Meaning| -> Vec<usize> {
            (clause.clone())
                .filter(|place| items[*place].means(meaning))
                .collect()
        };
        let (helpers, owners): (Vec<usize>, Vec<usize>) = here(Meaning::Owner)
            .into_iter()
            .partition(|owner| self.only_helped(*owner, clause));
        for helper in helpers {
            self.explained[helper] = true;
        }
        if owners.is_empty() {
            return;
        }
        // "I took it from my mother's bill" (one that is attached shows whose it is); but "sorry, I took the one of my mother's bill" says what was wrong before.
        let names_source = !here(Meaning::Source).is_empty() && !self.says(Meaning::Slip);
        // "We take over the building on 1 February": a date is nobody's.
        let only_a_start = self.scope.is_asked(Field::StartDate)
            && clause.clone().all(|place| {
                self.counts.contains(&place) || self.value(place).is_none_or(|found| found.form == Form::Date)
            })
            && self.names_claimed_in(clause.clone()).next().is_none();
        let gives_value = self.gives_value(clause.clone());
        let says_whose = gives_value && !only_a_start
            || self.ends_in_colon()
            || self.account.attachments != Attachments::Read
                && (self.says(Meaning::Attachment) || names_source);
        let may_say_whose = gives_value
            || self.names_what_was_asked(clause.clone())
            || !here(Meaning::Anaphor).is_empty()
            || here(Meaning::Telling).is_empty() && here(Meaning::TaleOnly).is_empty();
        if self.says_who_writes(clause) {
            // Whose the values are is not said.
        } else if says_whose {
            self.doubt_of(DoubtReason::AmbiguousValue, &owners);
        } else if may_say_whose {
            self.suspicions.push(Suspicion {
                reason: DoubtReason::AmbiguousValue,
                places: owners.clone(),
            });
        }
        for place in owners {
            self.explained[place] = true;
        }
    }

    /// "My husband found the bill", "the landlord gave me this number": who does something for the customer owns nothing. But "of my
    /// husband", "my neighbour gave me his".
    pub(super) fn only_helped(&self, owner: usize, clause: &Range<usize>) -> bool {
        let items = self.items();
        let (from, range) = (items[clause.start].range.start, &items[owner].range);
        let (around, language) = (Around::words(), self.scope.language);
        let who = items.get(clause.end).is_some_and(|item| {
            clause.end == owner + 1 && around.refers_to_whom(language, &fold_key(self.text_of(&item.range)))
        });
        let end = if who { items.len() } else { clause.end };
        let before = fold_key(&self.piece.text[from..range.end]);
        let behind = fold_key(&self.piece.text[range.end..items[end - 1].range.end]);
        let first: Vec<&str> = behind.split(' ').take(HELPING_WORDS_MAX).collect();
        let denies = (clause.start..end).any(|place| items[place].means(Meaning::Deny));
        let of_them = around.says_of_whom(language, &before) || around.says_theirs(language, &behind);
        around.helps(&first.join(" ")) && !denies && !of_them
    }

    fn explain_tale_clause(&mut self, clause: &Range<usize>) {
        let items = self.items();
        let here = |meaning: Meaning| -> Vec<usize> {
            (clause.clone())
                .filter(|place| items[*place].means(meaning))
                .collect()
        };
        let telling = here(Meaning::Telling);
        let mut tale_only = here(Meaning::TaleOnly);
        tale_only.extend(here(Meaning::Unit));
        // What speaks to us or of contracts may want more than to tell.
        let wants = !here(Meaning::Contract).is_empty() || !here(Meaning::Addressed).is_empty();
        if wants || telling.is_empty() && tale_only.is_empty() {
            return;
        }
        let gives_value = self.gives_value(clause.clone());
        // "The name is fantastically right": what stands beside a verdict may turn it.
        let judges = [Meaning::Confirm, Meaning::WeakConfirm, Meaning::Deny]
            .iter()
            .any(|meaning| !here(*meaning).is_empty());
        if judges && self.names_what_was_asked(clause.clone()) {
            return;
        }
        // Beside a bare value a tale may be of that value: "I called 0475... and nobody answered".
        if gives_value && !self.is_labelled(clause) {
            return;
        }
        for place in telling {
            self.explained[place] = true;
        }
        if gives_value {
            return;
        }
        let denies = here(Meaning::Deny);
        let weak = here(Meaning::WeakConfirm);
        let speaks_back = self.says(Meaning::Anaphor);
        for place in tale_only {
            self.explained[place] = true;
        }
        // "I could not find it behind the cupboard" says no to nothing; "no, ..." may.
        for place in denies {
            self.explained[place] |= place > clause.start && !speaks_back;
        }
        for place in weak {
            self.explained[place] |= place > clause.start && !speaks_back;
        }
    }

    /// Words that were mistyped.
    pub(super) fn explain_mistyped(&mut self) {
        if self.items().len() < TALE_ITEMS_MIN {
            return;
        }
        let german = self.scope.language == Language::De;
        for clause in self.tale_clauses() {
            let gives_value = self.gives_value(clause.clone());
            if gives_value && !self.is_labelled(&clause) {
                continue;
            }
            for place in self.unknown_in(&clause) {
                let text = self.text_of(&self.items()[place].range);
                let capital = text.starts_with(char::is_uppercase);
                self.explained[place] =
                    (!capital || place == 0 || german) && self.is_mistyped_harmlessly(text);
            }
        }
    }

    /// Everyday words may ask for a person all the same ("the meter turns backwards"): a tale must be like those that change
    /// nothing.
    pub(super) fn weigh_tale(&mut self) {
        let of_a_tale = |item: &Item| {
            !item.meanings().is_empty() && item.meanings().iter().all(|meaning| meaning.is_of_a_tale())
        };
        let items = self.items();
        let told: Vec<&str> = self
            .clauses()
            .into_iter()
            .filter(|clause| items[clause.clone()].iter().any(of_a_tale))
            // "The meter itself says ...": beside a labelled value such words are not of a tale of their own.
            .filter(|clause| !(self.gives_value(clause.clone()) && self.is_labelled(clause)))
            .map(|clause| self.text_of(&(items[clause.start].range.start..items[clause.end - 1].range.end)))
            .collect();
        let is_one_word = !told.is_empty() && items.len() == 1;
        if is_one_word {
            self.doubt_of(DoubtReason::UnexplainedSentence, &[0]);
        } else if !told.is_empty()
            && likeness::weightiness(self.scope.language, &told.join(" ")) > self.tale_log_odds_max()
        {
            self.doubt(DoubtReason::UnexplainedSentence);
        }
    }

    fn tale_log_odds_max(&self) -> f64 {
        if self.is_deferral() {
            DEFERRAL_LOG_ODDS_MAX
        } else {
            TALE_LOG_ODDS_MAX
        }
    }

    /// "The code follows, the caretaker has still to read it": the question stays open, whatever the reason is.
    pub(super) fn is_deferral(&self) -> bool {
        let whole = 0..self.items().len();
        self.says(Meaning::Later)
            && self.account.claims.len() == self.claims_before
            && !self.gives_value(whole.clone())
            && self.names_what_was_asked(whole)
    }

    /// Words that are harmless one by one may say something together ("not right away, please"): a sentence of them that answers
    /// nothing must not be like those that need a person.
    pub(super) fn weigh_plain_words(&mut self) {
        if self.items().len() < PLAIN_ITEMS_MIN || self.span(&self.sentence.range).is_none() {
            return;
        }
        let answers = self.account.verdicts.len() > self.verdicts_before
            || self.account.claims.len() > self.claims_before
            || self.gives_value(0..self.items().len());
        // What comes with the mail shows whose it is.
        let is_shown = self.account.attachments == Attachments::Read
            && (self.says(Meaning::Attachment) || self.says(Meaning::Source));
        // "Later this week" is counted with the answers, and what ends in a colon is read with what it heads.
        let is_known = [
            Meaning::Greeting,
            Meaning::Thanks,
            Meaning::Closing,
            Meaning::Later,
        ]
        .iter()
        .any(|meaning| self.says(*meaning));
        if answers || is_shown || is_known || self.ends_in_colon() {
            return;
        }
        let text = self.text_of(&self.sentence.range);
        if likeness::weightiness(self.scope.language, text) > PLAIN_LOG_ODDS_MAX {
            self.doubt(DoubtReason::UnexplainedSentence);
        }
    }

    /// Whether a label says what the values of a clause are; a street's own "rue" is none.
    fn is_labelled(&self, clause: &Range<usize>) -> bool {
        let claimed: Vec<(usize, usize)> = self.names_claimed_in(clause.clone()).collect();
        let inside = |range: &Range<usize>| {
            self.span(range)
                .is_some_and(|(from, to)| claimed.iter().any(|(begin, end)| *begin <= from && to <= *end))
        };
        let labels = (0..clause.end).any(|place| {
            let item = &self.items()[place];
            !inside(&item.range)
                && item
                    .meanings()
                    .iter()
                    .any(|meaning| matches!(meaning, Meaning::Label(_)))
        });
        labels || !self.heading.labels.is_empty() || self.piece.under.is_some()
    }

    fn unknown_in(&self, clause: &Range<usize>) -> Vec<usize> {
        let unknown =
            |place: &usize| !self.explained[*place] && matches!(self.items()[*place].kind, ItemKind::Unknown);
        clause.clone().filter(unknown).collect()
    }

    fn is_mistyped_harmlessly(&self, text: &str) -> bool {
        let word = fold_key(text);
        let words = Words::of(self.scope.language);
        let meanings = words.meanings_of_mistyped(&word);
        let harmless = |meaning: &Meaning| {
            matches!(
                meaning,
                Meaning::Plain
                    | Meaning::Greeting
                    | Meaning::Thanks
                    | Meaning::Closing
                    | Meaning::Copula
                    | Meaning::Source
                    | Meaning::Slip
            )
        };
        !meanings.is_empty() && meanings.iter().all(harmless) && !names::is_like_asked(self.scope, &word)
    }

    /// Counts and years: "for 20 minutes", "page 2", "since 1987". What an asked field could hold is left to be told.
    pub(super) fn explain_counts(&mut self) {
        let tells = self.says(Meaning::Telling) || self.says(Meaning::Owner);
        for place in 0..self.items().len() {
            let Some(found) = self.value(place).filter(|found| found.form == Form::Number) else {
                continue;
            };
            let small = found.text.len() <= TALE_NUMBER_DIGITS_MAX
                && found.text.bytes().all(|byte| byte.is_ascii_digit());
            let may_answer = self
                .scope
                .asked
                .iter()
                .any(|(field, _)| value::normalise(*field, &found.text).is_ok());
            let before = place.checked_sub(1).and_then(|before| self.items().get(before));
            let labelled = before.is_some_and(|item| {
                item.meanings()
                    .iter()
                    .any(|meaning| matches!(meaning, Meaning::Label(_)))
            });
            let units: Vec<usize> = [place.checked_sub(1), Some(place + 1)]
                .into_iter()
                .flatten()
                .filter(|unit| {
                    self.items()
                        .get(*unit)
                        .is_some_and(|item| item.means(Meaning::Unit))
                })
                .collect();
            if small && !labelled && (!units.is_empty() || tells && !may_answer) {
                self.counts.push(place);
                self.explained[place] = true;
                for unit in units {
                    self.explained[unit] = true;
                }
            }
        }
    }

    /// Whether a value that could answer something stands there, or a name that does.
    fn gives_value(&self, range: Range<usize>) -> bool {
        let harmless = |found: &Found| {
            matches!(
                found.form,
                Form::Time | Form::Link | Form::Payment | Form::Reference(_) | Form::MistypedReference(_)
            )
        };
        let has_value = range.clone().any(|place| {
            !self.counts.contains(&place) && self.value(place).is_some_and(|found| !harmless(found))
        });
        has_value || self.names_claimed_in(range).next().is_some()
    }

    /// The bytes of what this sentence claims in those items.
    pub(super) fn names_claimed_in(&self, range: Range<usize>) -> impl Iterator<Item = (usize, usize)> + '_ {
        let bytes = self.items()[range.start].range.start..self.items()[range.end - 1].range.end;
        let span = self.span(&bytes);
        self.account.claims[self.claims_before..]
            .iter()
            .filter_map(move |claim| {
                let (begin, end) = span?;
                claim
                    .evidence
                    .span
                    .filter(|(from, to)| begin <= *from && *to <= end)
            })
    }

    /// Whether labels or energies there name an asked field.
    pub(super) fn names_what_was_asked(&self, range: Range<usize>) -> bool {
        self.fields_named(&range)
            .is_some_and(|fields| fields.iter().any(|field| self.scope.is_asked(*field)))
    }

    pub(super) fn ends_in_colon(&self) -> bool {
        self.piece.text[self.sentence.range.end..]
            .trim_start_matches(' ')
            .starts_with(':')
            || matches!(
                self.items().last().map(|item| &item.kind),
                Some(ItemKind::Break(':'))
            )
    }
}
