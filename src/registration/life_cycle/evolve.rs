//! What an event changes.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Awaiting, State};
use crate::registration::silence::{NO_ANSWER, Silence};
use crate::registration::{
    Confirmation, CorrectedBy, Correction, DistributorDecision, Event, Field, Finding, LetterKind, Question,
    Reachability, Reason, Registration, Settlement, WrittenYes,
};

impl Registration {
    /// Folds an event into the registration. The only way a registration changes.
    /// `at` is when it happened.
    pub fn evolve(&mut self, event: &Event, at: Timestamp) {
        self.keep_silence(event, at);
        match event {
            Event::Submitted { .. } => self.state = State::Received,
            Event::VerificationPassed => {
                self.state = State::Verified;
                // What the distributor refused was settled, be it by a confirmation: it goes there again and is decided anew.
                self.decisions
                    .retain(|_, decision| matches!(decision, DistributorDecision::Accepted { .. }));
            }
            Event::Blocked {
                awaiting, questions, ..
            } => {
                self.state = State::Blocked { awaiting: *awaiting };
                self.questions.extend(questions.iter().cloned());
            }
            Event::QuestionsResolved { fields } => {
                for field in fields {
                    self.settle_question(*field, Settlement::Resolved);
                }
            }
            Event::LetterQueued { letter, kind } => self.letter_queued(*letter, *kind),
            Event::LetterSent { .. } => {}
            Event::LetterBounced { severity, .. } => {
                if severity == "hard" {
                    self.reachability = Reachability::Unreachable;
                }
            }
            Event::LetterFailed { .. } => self.reachability = Reachability::Unreachable,
            Event::MessageReceived { kind, .. } => {
                if !matches!(kind.as_str(), "bounce" | "auto_reply") {
                    self.reachability = Reachability::Reachable;
                }
            }
            Event::AnswerApplied {
                field,
                old,
                new,
                message,
                ..
            } => {
                self.set(*field, new.clone());
                self.settle_question(*field, Settlement::Corrected);
                let by = corrected_by(message.as_deref());
                self.corrections.push(Correction {
                    field: *field,
                    old: old.clone(),
                    new: new.clone(),
                    by,
                    told_in_letter: None,
                });
            }
            Event::ValueConfirmed {
                field,
                value,
                message,
                ..
            } => {
                self.settle_question(*field, Settlement::Confirmed);
                let confirmation = Confirmation {
                    value: value.clone(),
                    by: corrected_by(message.as_deref()),
                };
                self.confirmations.insert(*field, confirmation);
            }
            Event::AnswerFailed { field, answer, .. } => {
                if let Some(question) = self.open_question_mut(*field) {
                    question.failed_answer = Some(answer.clone());
                }
            }
            Event::Requeued => self.state = State::Verifying,
            Event::HandedToAgent { .. } => {
                self.state = State::Blocked {
                    awaiting: Awaiting::Agent,
                }
            }
            Event::WrittenYesGiven { .. } => self.written_yes = WrittenYes::Given,
            Event::DecisionAccepted { energy, start_date } => {
                self.decisions.insert(
                    *energy,
                    DistributorDecision::Accepted {
                        start_date: *start_date,
                    },
                );
            }
            Event::DecisionRejected { energy, reason } => {
                // Whoever said that the EAN is right said so before the distributor refused it.
                self.confirmations.remove(&energy.ean_field());
                self.decisions.insert(
                    *energy,
                    DistributorDecision::Rejected {
                        reason: reason.clone(),
                    },
                );
            }
            Event::ContractConfirmed { .. } => self.state = State::Accepted,
            Event::Rejected => self.state = State::Rejected,
            Event::Activated => self.state = State::Active,
            Event::Withdrawn { .. } => self.state = State::Withdrawn,
            Event::Expired => self.state = State::Expired,
            Event::Undone { field, new, .. } => {
                self.set(*field, new.clone());
                if let Some(at) = self
                    .corrections
                    .iter()
                    .rposition(|correction| correction.field == *field)
                {
                    self.corrections.remove(at);
                }
            }
        }
    }

    /// What an event says of how long nothing was heard from the customer.
    fn keep_silence(&mut self, event: &Event, at: Timestamp) {
        self.silence = match event {
            Event::Blocked {
                awaiting: Awaiting::Customer,
                ..
            } => Silence::begins(at),
            Event::LetterQueued { kind, .. } if kind.is_reminder() => self.silence.reminded(at),
            Event::MessageReceived {
                returns_on: Some(date),
                ..
            } => self.silence.held(*date),
            Event::MessageReceived { kind, .. } if !matches!(kind.as_str(), "bounce" | "auto_reply") => {
                self.silence.heard(at)
            }
            Event::HandedToAgent { reason } if reason == NO_ANSWER => Silence::ToBeCalled { since: at },
            Event::Blocked { .. }
            | Event::HandedToAgent { .. }
            | Event::VerificationPassed
            | Event::Requeued
            | Event::ContractConfirmed { .. }
            | Event::Rejected
            | Event::Withdrawn { .. }
            | Event::Expired => Silence::None,
            _ => self.silence,
        };
    }

    /// The first day of supply the distributors granted: the latest of the accepted energies.
    pub fn starts_on(&self) -> Option<Date> {
        let accepted = |decision: &DistributorDecision| match decision {
            DistributorDecision::Accepted { start_date } => Some(*start_date),
            DistributorDecision::Rejected { .. } => None,
        };
        self.decisions.values().filter_map(accepted).max()
    }

    pub(super) fn has_untold_corrections(&self) -> bool {
        self.corrections
            .iter()
            .any(|correction| correction.told_in_letter.is_none())
    }

    /// Whether somebody who may say so said that the value found fault with is right.
    pub(super) fn is_settled(&self, finding: &Finding) -> bool {
        let confirmed_by = |field: &Field| {
            let confirmation = self.confirmations.get(field)?;
            (confirmation.value.as_deref() == self.field(*field)).then_some(confirmation.by)
        };
        match finding {
            Finding::Customer {
                field,
                reason: Reason::Doubtful,
                ..
            } => confirmed_by(field).is_some(),
            Finding::Customer { field, .. } => confirmed_by(field) == Some(CorrectedBy::Agent),
            Finding::Agent {
                field: Some(field), ..
            } => confirmed_by(field) == Some(CorrectedBy::Agent),
            Finding::Agent { field: None, .. } => false,
        }
    }

    /// Whether the customer was asked everything that is open and told everything that was noted.
    pub(super) fn was_all_told(&self) -> bool {
        let mut open = self.open_questions().peekable();
        open.peek().is_some()
            && open.all(|question| question.failed_answer.is_none())
            && !self.has_untold_corrections()
    }

    fn letter_queued(&mut self, letter: u32, kind: LetterKind) {
        self.letters_queued = letter;
        if matches!(kind, LetterKind::ClarificationRequest | LetterKind::FollowUp) {
            self.requests_queued += 1;
        }
        if matches!(kind, LetterKind::Acknowledgement | LetterKind::FollowUp) {
            for correction in self
                .corrections
                .iter_mut()
                .filter(|correction| correction.told_in_letter.is_none())
            {
                correction.told_in_letter = Some(letter);
            }
        }
    }

    fn set(&mut self, field: Field, value: Option<String>) {
        self.changes += 1;
        match value {
            Some(value) => self.fields.insert(field, value),
            None => self.fields.remove(&field),
        };
        if field == Field::Email {
            self.reachability = Reachability::Reachable;
        }
        // A refusal was about the EAN as it was: another EAN is decided anew.
        if let Some(energy) = field.energy()
            && field == energy.ean_field()
            && matches!(
                self.decisions.get(&energy),
                Some(DistributorDecision::Rejected { .. })
            )
        {
            self.decisions.remove(&energy);
        }
    }

    fn open_question_mut(&mut self, field: Field) -> Option<&mut Question> {
        self.questions
            .iter_mut()
            .find(|question| question.field == field && question.settlement.is_none())
    }

    fn settle_question(&mut self, field: Field, settlement: Settlement) {
        if let Some(question) = self.open_question_mut(field) {
            question.settlement = Some(settlement);
        }
    }
}

/// Customers change a registration by messages, agents by hand.
fn corrected_by(message: Option<&str>) -> CorrectedBy {
    if message.is_some() {
        CorrectedBy::Customer
    } else {
        CorrectedBy::Agent
    }
}
