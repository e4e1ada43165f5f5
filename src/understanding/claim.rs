//! What single sentences say of fields, and how these settle into one answer a field.

use std::collections::BTreeMap;

use super::account::Account;
use super::scope::Scope;
use super::{Answer, AnswerStatus, Doubt, DoubtReason};
use crate::registration::question::FailedAnswer;
use crate::registration::{Evidence, Field, Reason};

#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) field: Field,
    pub(super) said: Said,
    pub(super) evidence: Evidence,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// Another value than the registered one, in normal form.
    Value(String),
    /// The registered value is right.
    Confirmed,
    /// The registered value is wrong.
    Denied,
    /// A value that fails its checks.
    Failed(FailedAnswer),
}

/// Settles the claims of all sentences: one answer a field, and a doubt wherever they do not fit together or a person must
/// decide.
pub(super) fn settle(scope: &Scope<'_>, account: &mut Account) -> BTreeMap<Field, Answer> {
    settle_verdicts(scope, account);
    let mut claims: BTreeMap<Field, Vec<Claim>> = BTreeMap::new();
    for claim in std::mem::take(&mut account.claims) {
        claims.entry(claim.field).or_default().push(claim);
    }
    let mut answers = BTreeMap::new();
    for (field, claims) in claims {
        let answer = settle_field(scope, field, &claims, &mut account.doubts);
        answers.extend(answer.map(|answer| (field, answer)));
    }
    refuse_one_ean_for_both(&answers, &mut account.doubts);
    answers
}

/// A yes or no to no field in particular holds for the doubtful questions.
fn settle_verdicts(scope: &Scope<'_>, account: &mut Account) {
    let claimed: Vec<Field> = account.claims.iter().map(|claim| claim.field).collect();
    let open: Vec<Field> = scope
        .doubtful()
        .filter(|field| !claimed.contains(field))
        .collect();
    let doubtful = scope.doubtful().count();
    for verdict in std::mem::take(&mut account.verdicts) {
        let doubt = |reason| doubt_of(reason, &verdict.evidence);
        if !verdict.yes {
            match open.as_slice() {
                // "No." before the right value.
                [] if doubtful > 0 || !claimed.is_empty() => {}
                [field] if doubtful == 1 => account.claims.push(Claim {
                    field: *field,
                    said: Said::Denied,
                    evidence: verdict.evidence,
                }),
                _ => account.doubts.push(doubt(DoubtReason::UnclearAnswer)),
            }
            continue;
        }
        let corrected = account.claims.iter().any(|claim| {
            matches!(claim.said, Said::Value(_)) && !is_nothing_to_confirm(scope.reason(claim.field))
        });
        let invalid_open = scope
            .asked
            .iter()
            .any(|(field, reason)| *reason == Reason::Invalid && !claimed.contains(field));
        // "All but one thing": which?
        let excepted = account
            .claims
            .iter()
            .any(|claim| !matches!(claim.said, Said::Confirmed) && scope.is_asked(claim.field));
        if verdict.except && !excepted {
            account.doubts.push(doubt(DoubtReason::UnclearAnswer));
            continue;
        }
        if doubtful == 0 {
            // Nothing was asked that a yes could answer; with an invalid value open it contradicts us.
            if invalid_open {
                account.doubts.push(doubt(DoubtReason::Contradiction));
            } else if claimed.is_empty() && !scope.asked.is_empty() {
                account.doubts.push(doubt(DoubtReason::UnclearAnswer));
            }
        } else if (verdict.all && invalid_open)
            || (verdict.all && corrected && !verdict.except && !open.is_empty())
        {
            account.doubts.push(doubt(DoubtReason::Contradiction));
        } else if open.is_empty()
            || verdict.all
            || open.len() == 1 && !verdict.except
            || claimed.is_empty() && !verdict.except
        {
            if open.iter().any(|field| account.mentioned.contains(field)) {
                account.doubts.push(doubt(DoubtReason::UnclearAnswer));
            }
            for field in &open {
                account.claims.push(Claim {
                    field: *field,
                    said: Said::Confirmed,
                    evidence: verdict.evidence.clone(),
                });
            }
        } else {
            account.doubts.push(doubt(DoubtReason::UnclearAnswer));
        }
    }
}

/// "All is right" says nothing of values that nobody has given yet, nor of what was not asked.
fn is_nothing_to_confirm(reason: Option<Reason>) -> bool {
    matches!(reason, None | Some(Reason::Missing))
}

fn settle_field(
    scope: &Scope<'_>,
    field: Field,
    claims: &[Claim],
    doubts: &mut Vec<Doubt>,
) -> Option<Answer> {
    let first = claims.first()?;
    let mut distinct: Vec<&Said> = Vec::new();
    for claim in claims {
        if !distinct.contains(&&claim.said) {
            distinct.push(&claim.said);
        }
    }
    // "No, that is wrong: it is ..." is one answer.
    if distinct.len() > 1 {
        distinct.retain(|said| **said != Said::Denied);
    }
    let [said] = distinct.as_slice() else {
        doubts.push(doubt_of(DoubtReason::Contradiction, &first.evidence));
        return Some(answer(AnswerStatus::Unclear, first));
    };
    let claim = claims.iter().find(|claim| claim.said == **said)?;
    let mut doubt = |reason| doubts.push(doubt_of(reason, &claim.evidence));
    match (said, scope.reason(field)) {
        (Said::Value(value), reason) => {
            if reason.is_none() {
                doubt(DoubtReason::UnaskedField);
            }
            if matches!(field, Field::Iban | Field::Email) {
                doubt(DoubtReason::SensitiveField);
            }
            if is_of_another_field(scope, field, value) {
                doubt(DoubtReason::Contradiction);
            }
            Some(answer(AnswerStatus::Corrected(value.clone()), claim))
        }
        (Said::Confirmed, Some(Reason::Doubtful)) => Some(answer(AnswerStatus::Confirmed, claim)),
        (Said::Confirmed, Some(Reason::Invalid)) => {
            doubt(DoubtReason::Contradiction);
            Some(answer(AnswerStatus::Confirmed, claim))
        }
        (Said::Confirmed, Some(Reason::Missing)) => {
            doubt(DoubtReason::UnclearAnswer);
            Some(answer(AnswerStatus::Unclear, claim))
        }
        (Said::Failed(failed), Some(_)) => Some(answer(AnswerStatus::Failed(failed.clone()), claim)),
        (Said::Failed(_), None) => {
            doubt(DoubtReason::UnaskedField);
            None
        }
        // The registered value of what nobody asked about, once more.
        (Said::Confirmed, None) => None,
        // "No" where a value was asked for is none, and nothing to ask again for.
        (Said::Denied, Some(Reason::Missing)) => {
            doubt(DoubtReason::UnclearAnswer);
            Some(answer(AnswerStatus::Unclear, claim))
        }
        // Wrong, but not what is right: asked again.
        (Said::Denied, Some(_)) => Some(answer(AnswerStatus::Unclear, claim)),
        (Said::Denied, None) => None,
    }
}

/// The same number is registered for another field: one of the two is mixed up.
fn is_of_another_field(scope: &Scope<'_>, field: Field, value: &str) -> bool {
    let twins: &[Field] = match field {
        Field::ElectricityEan => &[Field::GasEan],
        Field::GasEan => &[Field::ElectricityEan],
        Field::ElectricityMeterNumber => &[Field::GasMeterNumber],
        Field::GasMeterNumber => &[Field::ElectricityMeterNumber],
        Field::HouseNumber => &[Field::Box],
        Field::Box => &[Field::HouseNumber],
        Field::FirstName => &[Field::LastName],
        Field::LastName => &[Field::FirstName],
        _ => &[],
    };
    twins
        .iter()
        .any(|twin| scope.registration.field(*twin) == Some(value))
}

fn refuse_one_ean_for_both(answers: &BTreeMap<Field, Answer>, doubts: &mut Vec<Doubt>) {
    for (left, right) in [
        (Field::ElectricityEan, Field::GasEan),
        (Field::ElectricityMeterNumber, Field::GasMeterNumber),
    ] {
        if let (Some(left), Some(right)) = (answers.get(&left), answers.get(&right))
            && let (AnswerStatus::Corrected(one), AnswerStatus::Corrected(other)) =
                (&left.status, &right.status)
            && one == other
        {
            doubts.push(doubt_of(DoubtReason::Contradiction, &right.evidence));
        }
    }
}

fn answer(status: AnswerStatus, claim: &Claim) -> Answer {
    let checks = match &status {
        AnswerStatus::Corrected(_) => vec!["value_valid".to_owned(), "only_value_said".to_owned()],
        AnswerStatus::Confirmed => vec!["registered_value".to_owned()],
        AnswerStatus::Failed(_) | AnswerStatus::Unclear => Vec::new(),
    };
    Answer {
        status,
        evidence: claim.evidence.clone(),
        checks,
    }
}

fn doubt_of(reason: DoubtReason, evidence: &Evidence) -> Doubt {
    Doubt {
        reason,
        text: Some(evidence.text.clone()),
        span: evidence.span,
        words: Vec::new(),
    }
}
