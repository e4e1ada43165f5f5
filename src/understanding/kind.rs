//! The kind of a person's message: what its point is.

use std::collections::BTreeMap;

use super::account::Account;
use super::giving_up::GivingUp;
use super::scope::Scope;
use super::{Answer, AnswerStatus, DoubtReason, Kind};
use crate::registration::Field;

/// Whether the point of the message is an answer, a question, a withdrawal or none of them.
pub(super) fn kind_of(
    scope: &Scope<'_>,
    account: &Account,
    answers: &BTreeMap<Field, Answer>,
    claimed: bool,
    giving_up: GivingUp,
) -> Kind {
    let doubted = |reason| account.doubts.iter().any(|doubt| doubt.reason == reason);
    let answered = answers.iter().any(|(field, answer)| {
        scope.is_asked(*field)
            && matches!(
                answer.status,
                AnswerStatus::Corrected(_) | AnswerStatus::Confirmed
            )
    });
    if giving_up == GivingUp::Yes {
        Kind::Withdrawal
    } else if answered {
        Kind::Answer
    } else if doubted(DoubtReason::Question) {
        Kind::Question
    } else if claimed
        || account.later
        || doubted(DoubtReason::UnreadAttachment)
        || doubted(DoubtReason::AmbiguousValue)
        || account
            .doubts
            .iter()
            .any(|doubt| holds_number(doubt.text.as_deref()))
    {
        Kind::Answer
    } else if giving_up == GivingUp::Perhaps {
        // It says nothing else.
        Kind::Withdrawal
    } else {
        Kind::Unrelated
    }
}

/// A number that nobody can place is an answer that was not understood, however it is grouped.
fn holds_number(text: Option<&str>) -> bool {
    /// More than a date, a time, a price or a house has.
    const NUMBER_DIGITS_MIN: usize = 9;
    text.unwrap_or_default()
        .split(|letter: char| letter.is_alphabetic())
        .any(|run| run.chars().filter(char::is_ascii_digit).count() >= NUMBER_DIGITS_MIN)
}
