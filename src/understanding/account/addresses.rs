//! Addresses in one line: each part answers its field.

use super::*;
use crate::understanding::{address, sentence};

const RULE: &str = "address_line";

/// Whether the claim was made of a part of an address in one line.
pub(in crate::understanding) fn is_of_address(claim: &Claim) -> bool {
    claim.evidence.rule == RULE
}

impl<'a> Examination<'a> {
    pub(super) fn take_addresses(&mut self) {
        let parts = address::find(self.scope, &self.piece.text, self.items(), self.values);
        if parts.is_empty() || self.stands_in_signature() {
            return;
        }
        for part in parts {
            let written = value::fold_white_space(self.text_of(&part.range));
            for place in part.items.clone() {
                self.explained[place] = true;
            }
            let registered = self.scope.registration.field(part.field);
            let same = registered.is_some_and(|registered| {
                names::is_same(registered, &written)
                    || value::normalise(part.field, &written).as_deref() == Ok(registered)
            });
            let said = if same {
                self.said_of_registered(&part.range)
            } else {
                self.checked(part.field, &written)
            };
            self.claim(part.field, said, &part.range, RULE);
        }
    }

    /// Behind the closing words stands where the customer works, or lives: no answer.
    fn stands_in_signature(&self) -> bool {
        let above = &self.piece.text[..self.sentence.range.start];
        sentence::sentences(above, &[], self.scope.language)
            .iter()
            .any(|sentence| sentence.items.iter().any(|item| item.means(Meaning::Closing)))
    }

    /// Whether an address that was taken in this sentence holds the bytes.
    pub(super) fn is_in_address(&self, range: &Range<usize>) -> bool {
        let span = self.span(range);
        self.account.claims[self.claims_before..].iter().any(|claim| {
            is_of_address(claim)
                && claim
                    .evidence
                    .span
                    .zip(span)
                    .is_some_and(|((from, to), (begin, end))| from < end && begin < to)
        })
    }
}
