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
    {
        Kind::Answer
    } else if giving_up == GivingUp::Perhaps {
        // It says nothing else.
        Kind::Withdrawal
    } else {
        Kind::Unrelated
    }
}
