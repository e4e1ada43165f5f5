//! "Correct", "wrong" and the like: what a yes or no is said of.

use super::*;

impl<'a> Examination<'a> {
    /// "Correct", "wrong" and the like: of the fields the clause names, of the question above, or of no field in particular.
    pub(super) fn take_yes_and_no(&mut self, clause: &Range<usize>, claims_before: usize) {
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
            self.take_exception(clause, claims_before);
            self.take_also(clause, claims_before);
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
            if yes {
                self.confirm_behind_values(clause, claims_before, &clause_text);
            }
            if yes && self.says(Meaning::All) && self.says(Meaning::Except) {
                let evidence = self.evidence(&clause_text, "verdict");
                self.account.verdicts.push(Verdict {
                    yes: true,
                    all: true,
                    except: true,
                    evidence,
                });
            }
            return;
        }
        if let Some(fields) = self.fields_named(clause) {
            self.yes_or_no_to(fields, yes, clause, &clause_text);
            return;
        }
        if let Some(fields) = self.fields_named_before(clause).filter(|_| !claimed) {
            self.yes_or_no_to(fields, yes, clause, &clause_text);
            return;
        }
        if let Some(field) = self.piece.under.or(self.heading.field) {
            if !claimed {
                self.yes_or_no(field, yes, &clause_text);
            }
            return;
        }
        let rest = clause
            .clone()
            .any(|place| self.items()[place].means(Meaning::Rest));
        if claimed && !rest {
            return;
        }
        // "The rest is not right either": what of it is wrong stands nowhere.
        if !yes && rest {
            self.doubt(DoubtReason::UnclearAnswer);
            return;
        }
        let all = self.says(Meaning::All) || rest;
        // "Indeed, a digit was missing" agrees with what we found wrong.
        if yes && self.says(Meaning::Slip) {
            return;
        }
        // "Yes, I will send it tomorrow" says yes to nothing we asked.
        let pure = self.items().iter().all(is_part_of_verdict);
        let except = self.says(Meaning::Except) || rest;
        if (strong.is_empty() && yes && !all) || (yes && !pure && !(all && except)) {
            self.doubt(DoubtReason::UnclearAnswer);
            return;
        }
        let evidence = self.evidence(&clause_text, "verdict");
        self.account.verdicts.push(Verdict {
            yes,
            all,
            except,
            evidence,
        });
    }

    /// "EAN 5414... for the date ok": a label behind the value and before the yes.
    fn confirm_behind_values(&mut self, clause: &Range<usize>, claims_before: usize, range: &Range<usize>) {
        let is_yes = |place: &usize| {
            let item = &self.items()[*place];
            item.means(Meaning::Confirm) || item.means(Meaning::WeakConfirm)
        };
        let values = clause.clone().rev();
        let last = values.into_iter().find(|place| self.value(*place).is_some());
        let (Some(last), Some(yes)) = (last, clause.clone().rev().find(is_yes)) else {
            return;
        };
        if last >= yes {
            return;
        }
        let answered: Vec<Field> = self.account.claims[claims_before..]
            .iter()
            .map(|claim| claim.field)
            .collect();
        let between = last + 1..yes;
        let energies = self.energies_in(between.clone());
        // "... stands on the meter, ok" says yes to no meter number, "... at home" to no street.
        let names_a_place = self.items()[between.clone()]
            .iter()
            .any(|item| item.means(Meaning::Source) || item.means(Meaning::Label(Label::Home)));
        if names_a_place {
            return;
        }
        for label in self.labels_in(between) {
            let mut fields = self.scope.only_asked(&self.scope.fields_of(label, &energies));
            fields.retain(|field| !answered.contains(field));
            if let [field] = fields.as_slice() {
                self.yes_or_no(*field, true, range);
            }
        }
    }

    /// "The number that you have, is right": the one asked field that the clause before names, which says nothing else.
    fn fields_named_before(&self, clause: &Range<usize>) -> Option<Vec<Field>> {
        let before = self
            .clauses()
            .into_iter()
            .find(|before| before.end + 1 == clause.start)?;
        let beside = |item: &Item| {
            let says_nothing = [
                Meaning::Copula,
                Meaning::Particle,
                Meaning::Plain,
                Meaning::Addressed,
                Meaning::Anaphor,
            ]
            .iter()
            .any(|meaning| item.means(*meaning));
            let label = |meaning: &Meaning| matches!(meaning, Meaning::Label(_) | Meaning::Energy(_));
            let turns = item.means(Meaning::Deny) || item.meanings().iter().any(|m| m.is_weighty());
            (says_nothing || item.meanings().iter().any(label)) && !turns
        };
        let fields = self.fields_named(&before)?;
        let asked = matches!(fields.as_slice(), [field] if self.scope.is_asked(*field));
        (asked && self.items()[before].iter().all(beside)).then_some(fields)
    }

    /// "..., except the name": the named fields are not right.
    pub(super) fn take_exception(&mut self, clause: &Range<usize>, claims_before: usize) {
        let excepts = self.items()[clause.clone()]
            .iter()
            .any(|item| item.means(Meaning::Except));
        let range = self.items()[clause.start].range.start..self.items()[clause.end - 1].range.end;
        if !excepts || self.claims_within(&range, claims_before) {
            return;
        }
        for field in self.fields_named(clause).unwrap_or_default() {
            if self.scope.is_asked(field)
                && !self.account.claims[claims_before..]
                    .iter()
                    .any(|claim| claim.field == field)
            {
                self.yes_or_no(field, false, &range);
            }
        }
    }

    /// "The name is right, the date too": what was confirmed just before holds for a label alone as well.
    fn take_also(&mut self, clause: &Range<usize>, claims_before: usize) {
        let range = self.items()[clause.start].range.start..self.items()[clause.end - 1].range.end;
        let also = self.items()[clause.clone()]
            .iter()
            .any(|item| item.means(Meaning::Also));
        let after_yes = self
            .account
            .claims
            .iter()
            .any(|claim| claim.said == Said::Confirmed)
            || self.account.verdicts.last().is_some_and(|verdict| verdict.yes);
        // "For the box I will send it too" is no yes.
        let pure = self.items()[clause.clone()].iter().all(|item| {
            item.means(Meaning::Also)
                || item.means(Meaning::Copula)
                || item.means(Meaning::Particle)
                || item
                    .meanings()
                    .iter()
                    .any(|meaning| matches!(meaning, Meaning::Label(_) | Meaning::Energy(_)))
        });
        if !also || !after_yes || !pure || self.claims_within(&range, claims_before) {
            return;
        }
        for field in self.fields_named(clause).unwrap_or_default() {
            if self.scope.is_asked(field) {
                self.yes_or_no(field, true, &range);
            }
        }
    }

    /// A yes or no to fields that the clause names. Behind "except" stands what the yes does not hold for.
    pub(super) fn yes_or_no_to(
        &mut self,
        mut fields: Vec<Field>,
        yes: bool,
        clause: &Range<usize>,
        range: &Range<usize>,
    ) {
        let labels = self.labels_in(clause.clone()).len().max(1);
        // "The address is right" says yes to all of it; "it is wrong" not to what.
        let labels = if labels == 1 && yes && self.names_address(clause) {
            // "..., except the box".
            let all = self.labels_in(0..self.items().len());
            let parts = all.into_iter().filter(|label| *label != Label::Address);
            let excepted: Vec<Field> = parts.flat_map(|label| self.scope.fields_of(label, &[])).collect();
            fields.retain(|field| !excepted.contains(field));
            fields.len()
        } else {
            labels
        };
        let excepted = self.items()[clause.clone()]
            .iter()
            .any(|item| item.means(Meaning::Except));
        if yes && excepted {
            if self.says(Meaning::All) {
                let evidence = self.evidence(range, "verdict");
                self.account.verdicts.push(Verdict {
                    yes: true,
                    all: true,
                    except: true,
                    evidence,
                });
            } else {
                self.doubt(DoubtReason::UnclearAnswer);
            }
            for field in fields {
                self.yes_or_no(field, false, range);
            }
        } else if fields.len() == labels {
            for field in fields {
                self.yes_or_no(field, yes, range);
            }
        } else {
            self.doubt(DoubtReason::UnclearAnswer);
        }
    }

    /// "All is fine, except the price": what is excepted must be something that was asked, or be given.
    pub(super) fn doubt_exceptions(&mut self) {
        let says_yes =
            self.says(Meaning::Confirm) || self.says(Meaning::WeakConfirm) || self.says(Meaning::All);
        let excepts = |item: &Item| item.means(Meaning::Except) && !item.means(Meaning::But);
        let Some(place) = self.items().iter().position(excepts).filter(|_| says_yes) else {
            return;
        };
        let behind = place + 1..self.items().len();
        let gives_value = behind.clone().any(|place| self.value(place).is_some())
            || !behind.is_empty() && self.names_claimed_in(behind.clone()).next().is_some();
        if !gives_value && !self.names_what_was_asked(behind) && !self.ends_in_colon() {
            self.doubt_of(DoubtReason::UnclearAnswer, &[place]);
        }
    }

    /// "All you noted is right: Virton, my first name and the phone": a question that is named beside a yes, and that nothing here
    /// answers, may be answered by it.
    pub(super) fn doubt_unsaid(&mut self) {
        let says_yes = self.says(Meaning::Confirm) || self.says(Meaning::WeakConfirm);
        let judged = self.account.verdicts.len() > self.verdicts_before;
        let claims = &self.account.claims[self.claims_before..];
        if !says_yes || judged || claims.is_empty() || self.ends_in_colon() {
            return;
        }
        let unsaid = self
            .labels_in(0..self.items().len())
            .into_iter()
            .any(|label| match label {
                Label::Field(field) => {
                    self.scope.is_asked(field)
                        && !self.account.claims.iter().any(|claim| claim.field == field)
                }
                _ => false,
            });
        if unsaid {
            self.doubt(DoubtReason::UnclearAnswer);
        }
    }

    /// Whether a value claimed in this sentence stands before the denial.
    pub(super) fn denies_what_was_claimed(&self, denial: usize, claims_before: usize) -> bool {
        let place = denial;
        let Some((denial, _)) = self.span(&self.items()[denial].range) else {
            return true;
        };
        // "The town is Virton, it is the postal code that is wrong".
        let denies_another = |field: Field, from: usize| {
            (0..place)
                .filter(|label| {
                    self.span(&self.items()[*label].range)
                        .is_some_and(|(begin, _)| from < begin)
                })
                .flat_map(|label| self.labels_in(label..label + 1))
                .last()
                .is_some_and(|label| {
                    let fields = self.scope.only_asked(&self.scope.fields_of(label, &[]));
                    !fields.is_empty() && !fields.contains(&field)
                })
        };
        self.account.claims[claims_before..].iter().any(|claim| {
            matches!(claim.said, Said::Value(_) | Said::Failed(_) | Said::Confirmed)
                && claim
                    .evidence
                    .span
                    .is_some_and(|(from, _)| from < denial && !denies_another(claim.field, from))
        })
    }

    pub(super) fn claims_within(&self, range: &Range<usize>, claims_before: usize) -> bool {
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

    pub(super) fn yes_or_no(&mut self, field: Field, yes: bool, range: &Range<usize>) {
        let said = if yes { Said::Confirmed } else { Said::Denied };
        // A yes to what was not asked changes nothing; a no to it is news.
        if !self.scope.is_asked(field) && !yes {
            self.doubt(DoubtReason::UnaskedField);
            return;
        }
        self.claim(field, said, range, "said_of_label");
    }
}

/// Words that a plain yes or no is made of.
fn is_part_of_verdict(item: &Item) -> bool {
    let parts = [
        Meaning::Confirm,
        Meaning::WeakConfirm,
        Meaning::Deny,
        Meaning::All,
        Meaning::Except,
        Meaning::Rest,
        Meaning::Copula,
        Meaning::Thanks,
        Meaning::Closing,
        Meaning::Greeting,
    ];
    matches!(item.kind, ItemKind::Break(_))
        || parts.iter().any(|meaning| item.means(*meaning))
        || item.means(Meaning::Particle)
}
