//! What a command comes to.

use jiff::Timestamp;

use super::{AnswerToApply, Awaiting, CertainAnswer, Command, Effect, Outcome, Policy, Refusal, State};
use crate::calendar::belgian_date;
use crate::registration::document::DocumentFault;
use crate::registration::silence::{NO_ANSWER, Step};
use crate::registration::value;
use crate::registration::{
    AgentWords, DistributorDecision, Energy, Event, Field, Finding, LetterKind, Question, Reachability,
    Reason, Reference, Registration, RegistrationDocument, WrittenYes,
};

/// Takes a registration in: the registration in state received, with the event and the letter that confirm it.
///
/// # Errors
/// All faults of the document at once.
pub fn submit(
    document: RegistrationDocument,
    reference: Reference,
    at: Timestamp,
) -> Result<(Registration, Outcome), Vec<DocumentFault>> {
    // What is asked is for verification to say, and the reference was given here.
    let document = RegistrationDocument {
        reference: None,
        asked: Vec::new(),
        ..document
    };
    let mut registration = document.clone().into_registration(reference, at)?;
    let mut outcome = Outcome::default();
    outcome.events.push(Event::Submitted {
        registration: Box::new(document),
    });
    // Without an address nobody can be written to: verification finds that and hands it to an agent.
    if registration.field(Field::Email).is_some() {
        outcome.queue_letter(&registration, LetterKind::RegistrationConfirmation);
    }
    for event in &outcome.events {
        registration.evolve(event, at);
    }
    Ok((registration, outcome))
}

/// What a command comes to. Pure: the same registration, command and moment give the same outcome.
///
/// # Errors
/// A named refusal when the registration's state does not allow it; nothing changes then.
pub fn decide(
    registration: &Registration,
    command: Command,
    at: Timestamp,
    policy: &Policy,
) -> Result<Outcome, Refusal> {
    let today = belgian_date(at);
    let mut outcome = Outcome::default();
    match command {
        Command::Verify { changes_seen, .. } if changes_seen != registration.changes => {
            return Err(Refusal::ChangedMeanwhile);
        }
        Command::Verify { findings, .. } => verify(registration, findings, policy, &mut outcome)?,
        Command::Answer {
            changes_seen: Some(seen),
            ..
        } if seen != registration.changes => return Err(Refusal::ChangedMeanwhile),
        Command::Answer {
            message,
            kind,
            answers,
            ..
        } => answer(registration, message, kind, answers, &mut outcome)?,
        Command::NoteMessage {
            message,
            kind,
            disposition,
            returns_on,
        } => {
            let needs_agent = disposition == "review" && must_wait_for(registration.state, &kind);
            outcome.events.push(Event::MessageReceived {
                message,
                kind,
                disposition,
                returns_on,
            });
            if needs_agent {
                outcome.events.push(Event::HandedToAgent {
                    reason: "message_needs_agent".into(),
                });
            }
        }
        Command::SetField { field, value } => set_field(registration, field, value, &mut outcome)?,
        Command::ConfirmField { field } => {
            allow_change(registration, field, "have a value confirmed")?;
            outcome.events.push(Event::ValueConfirmed {
                field,
                value: registration.field(field).map(str::to_owned),
                message: None,
                evidence: None,
            });
        }
        Command::Requeue => match registration.state {
            State::Received | State::Verifying => {}
            State::Blocked { .. } | State::Verified | State::Expired => outcome.events.push(Event::Requeued),
            state => return Err(wrong_state(state, "be verified again")),
        },
        Command::AwaitCustomer => match registration.state {
            State::Blocked {
                awaiting: Awaiting::Agent,
            } if registration.was_all_told() => outcome.events.push(Event::Blocked {
                awaiting: Awaiting::Customer,
                questions: vec![],
                findings_for_agent: vec![],
            }),
            // What was under way when it was handed over goes on: verification says whether there is something to ask.
            State::Blocked {
                awaiting: Awaiting::Agent,
            } => outcome.events.push(Event::Requeued),
            State::Blocked {
                awaiting: Awaiting::Customer,
            } => {}
            state => return Err(wrong_state(state, "wait for the customer")),
        },
        Command::AskAgain => {
            if !matches!(registration.state, State::Blocked { .. }) {
                return Err(wrong_state(registration.state, "ask its questions"));
            }
            if registration.open_questions().next().is_none() {
                return Err(Refusal::NothingToAsk);
            }
            outcome.events.push(Event::Blocked {
                awaiting: Awaiting::Customer,
                questions: vec![],
                findings_for_agent: vec![],
            });
            outcome.queue_request(registration);
        }
        Command::Reply { words } => reply(registration, words, &mut outcome)?,
        Command::UndoField { field } => undo(registration, field, &mut outcome)?,
        Command::HandToAgent { reason } => match registration.state {
            State::Received | State::Verifying | State::Blocked { .. } => {
                outcome.events.push(Event::HandedToAgent { reason });
            }
            state => return Err(wrong_state(state, "be handed to an agent")),
        },
        Command::RecordWrittenYes => {
            if registration.written_yes == WrittenYes::Awaited {
                outcome.events.push(Event::WrittenYesGiven {
                    message: None,
                    evidence: None,
                });
            }
        }
        Command::Decide { energy, decision } => decide_energy(registration, energy, decision, &mut outcome)?,
        Command::Reject => match registration.state {
            State::Blocked { .. } | State::Verified => {
                outcome.events.push(Event::Rejected);
                let refused =
                    |decision: &DistributorDecision| matches!(decision, DistributorDecision::Rejected { .. });
                // What else an agent closes it for, the agent tells.
                if registration.decisions.values().any(refused) {
                    outcome.queue_last_letter(registration, LetterKind::DistributorRefusal);
                }
            }
            State::Rejected => {}
            state => return Err(wrong_state(state, "be rejected")),
        },
        Command::Activate => match registration.state {
            State::Accepted if registration.starts_on().is_some_and(|start| start <= today) => {
                outcome.events.push(Event::Activated);
            }
            State::Accepted => return Err(Refusal::NotYetStarted),
            State::Active => {}
            state => return Err(wrong_state(state, "become active")),
        },
        Command::Withdraw { message } => match registration.state {
            State::Withdrawn => {}
            State::Rejected => return Err(wrong_state(registration.state, "be withdrawn")),
            _ => {
                outcome.events.push(Event::Withdrawn { message });
                outcome.queue_last_letter(registration, LetterKind::WithdrawalAcknowledgement);
            }
        },
        Command::Expire => match registration.state {
            State::Blocked { .. } => outcome.expire(registration),
            state => return Err(wrong_state(state, "expire")),
        },
        Command::BreakSilence => break_silence(registration, at, policy, &mut outcome)?,
        Command::LetterSent { letter } => outcome.events.push(Event::LetterSent { letter }),
        Command::LetterFailed { letter, detail } => {
            outcome.events.push(Event::LetterFailed { letter, detail });
            outcome.hand_over_if_waiting_for_customer(registration, "letter_failed");
        }
        Command::LetterBounced {
            letter,
            severity,
            status,
        } => {
            let hard = severity == "hard";
            outcome.events.push(Event::LetterBounced {
                letter,
                severity,
                status,
            });
            if hard {
                outcome.hand_over_if_waiting_for_customer(registration, "letter_bounced");
            }
        }
    }
    Ok(outcome)
}

impl Outcome {
    /// One more letter, numbered after those queued before and in this outcome.
    fn queue_letter(&mut self, registration: &Registration, kind: LetterKind) {
        self.queue_letter_with(registration, kind, None);
    }

    fn queue_letter_with(
        &mut self,
        registration: &Registration,
        kind: LetterKind,
        words: Option<AgentWords>,
    ) {
        let letter = registration.letters_queued + self.effects.len() as u32 + 1;
        self.events.push(Event::LetterQueued { letter, kind });
        self.effects.push(Effect::QueueLetter { letter, kind, words });
    }

    /// A letter that ends the correspondence, to whoever can be written to.
    fn queue_last_letter(&mut self, registration: &Registration, kind: LetterKind) {
        let reachable = registration.reachability == Reachability::Reachable;
        if reachable && registration.field(Field::Email).is_some() {
            self.queue_letter(registration, kind);
        }
    }

    fn expire(&mut self, registration: &Registration) {
        self.events.push(Event::Expired);
        // Its letter says what is missing; where nothing is, an agent closed it for another reason.
        if registration.open_questions().next().is_some() {
            self.queue_last_letter(registration, LetterKind::Expiry);
        }
    }

    /// The letter that asks the open questions: the first time a clarification request, then a follow-up.
    fn queue_request(&mut self, registration: &Registration) {
        let kind = match registration.requests_queued {
            0 => LetterKind::ClarificationRequest,
            _ => LetterKind::FollowUp,
        };
        self.queue_letter(registration, kind);
    }

    fn hand_over_if_waiting_for_customer(&mut self, registration: &Registration, reason: &str) {
        if registration.state.awaiting() == Some(Awaiting::Customer) {
            self.events.push(Event::HandedToAgent {
                reason: reason.into(),
            });
        }
    }
}

/// Whether a registration in that state stands still until an agent has read a message of that kind: it may correct what is
/// being verified, or take back what the distributor is about to get.
fn must_wait_for(state: State, kind: &str) -> bool {
    match state {
        State::Received | State::Verifying => true,
        State::Blocked { awaiting } => awaiting == Awaiting::Customer,
        State::Verified => matches!(kind, "answer" | "withdrawal"),
        State::Accepted | State::Active | State::Rejected | State::Withdrawn | State::Expired => false,
    }
}

fn break_silence(
    registration: &Registration,
    at: Timestamp,
    policy: &Policy,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    let patience = &policy.patience;
    let due = registration
        .next_step(patience)
        .filter(|planned| planned.at <= at && patience.is_open(at));
    match due.ok_or(Refusal::NothingDue)?.step {
        Step::Reminder => outcome.queue_letter(registration, LetterKind::Reminder),
        Step::LastReminder => outcome.queue_letter(registration, LetterKind::LastReminder),
        Step::Call => outcome.events.push(Event::HandedToAgent {
            reason: NO_ANSWER.into(),
        }),
        Step::Expiry => outcome.expire(registration),
    }
    Ok(())
}

/// In every state: whoever asked something after the end gets an answer too.
fn reply(registration: &Registration, words: AgentWords, outcome: &mut Outcome) -> Result<(), Refusal> {
    if registration.field(Field::Email).is_none() {
        return Err(Refusal::Unreachable("the registration has no e-mail address"));
    }
    if registration.reachability != Reachability::Reachable {
        return Err(Refusal::Unreachable(
            "letters to its address come back; correct the address first",
        ));
    }
    outcome.queue_letter_with(registration, LetterKind::AgentReply, Some(words));
    Ok(())
}

fn wrong_state(state: State, what: &'static str) -> Refusal {
    Refusal::WrongState {
        state: state.name(),
        what,
    }
}

/// Fields change until the distributor has the registration; a withdrawn or closed one never changes.
fn allow_change(registration: &Registration, field: Field, what: &'static str) -> Result<(), Refusal> {
    match registration.state {
        State::Received | State::Verifying | State::Blocked { .. } | State::Verified | State::Expired => {}
        state => return Err(wrong_state(state, what)),
    }
    // One energy may be accepted while the other is still decided: its contract is for what the distributor accepted.
    let decision = field
        .energy()
        .and_then(|energy| registration.decisions.get(&energy));
    if let Some(DistributorDecision::Accepted { .. }) = decision {
        return Err(Refusal::AcceptedAsItIs(field));
    }
    if registration
        .applicable_fields()
        .any(|applicable| applicable == field)
    {
        Ok(())
    } else {
        Err(Refusal::NotApplicable(field))
    }
}

fn verify(
    registration: &Registration,
    findings: Vec<Finding>,
    policy: &Policy,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    if !registration.state.awaits_verification() {
        return Err(wrong_state(registration.state, "be verified"));
    }
    let findings: Vec<Finding> = findings
        .into_iter()
        .chain(distributor_findings(registration))
        .filter(|finding| !registration.is_settled(finding))
        .collect();

    let mut findings_for_agent = Vec::new();
    let mut asked = Vec::new();
    for finding in findings {
        match finding {
            Finding::Agent { code, .. } => findings_for_agent.push(code),
            // One question a field: the first finding against it is the one to put.
            Finding::Customer { field, .. } if asked.iter().any(|q: &Question| q.field == field) => {}
            Finding::Customer {
                field,
                reason,
                code,
                value,
            } => {
                asked.push(Question {
                    field,
                    reason,
                    code,
                    value,
                    failed_answer: None,
                    settlement: None,
                });
            }
        }
    }

    let is_asked_already = |question: &Question| {
        registration
            .open_questions()
            .any(|open| open.asks_the_same(question))
    };
    let resolved: Vec<Field> = registration
        .open_questions()
        .filter(|open| !asked.iter().any(|question| question.asks_the_same(open)))
        .map(|open| open.field)
        .collect();
    let resolved_count = resolved.len();
    if !resolved.is_empty() {
        outcome.events.push(Event::QuestionsResolved { fields: resolved });
    }
    if asked.is_empty() && findings_for_agent.is_empty() {
        outcome.events.push(Event::VerificationPassed);
        if registration.has_untold_corrections() && registration.reachability == Reachability::Reachable {
            outcome.queue_letter(registration, LetterKind::Acknowledgement);
        }
        return Ok(());
    }

    let can_ask = findings_for_agent.is_empty();
    let requests_left = registration.requests_queued < policy.requests_max;
    let reachable = registration.reachability == Reachability::Reachable;
    let awaiting = if can_ask && requests_left && reachable {
        Awaiting::Customer
    } else {
        Awaiting::Agent
    };
    // A long list of questions is not answered: the rest waits for the next letter.
    let still_open = registration.open_questions().count() - resolved_count;
    let room = policy.questions_per_letter_max.saturating_sub(still_open);
    let questions = asked
        .into_iter()
        .filter(|question| !is_asked_already(question))
        .take(room)
        .collect();
    outcome.events.push(Event::Blocked {
        awaiting,
        questions,
        findings_for_agent,
    });
    match awaiting {
        Awaiting::Customer => outcome.queue_request(registration),
        Awaiting::Agent if !can_ask => {}
        Awaiting::Agent if !reachable => {
            outcome.events.push(Event::HandedToAgent {
                reason: "email_unreachable".into(),
            });
        }
        Awaiting::Agent => outcome.events.push(Event::HandedToAgent {
            reason: "requests_max".into(),
        }),
    }
    Ok(())
}

/// What the distributor's refusals leave to settle: an EAN it does not know is asked again, all else is an agent's.
fn distributor_findings(registration: &Registration) -> impl Iterator<Item = Finding> + '_ {
    registration
        .decisions
        .iter()
        .filter_map(|(energy, decision)| match decision {
            DistributorDecision::Accepted { .. } => None,
            DistributorDecision::Rejected { reason } => {
                let field = energy.ean_field();
                let code = format!("distributor_{reason}");
                Some(match reason.as_str() {
                    "ean_unknown" | "address_mismatch" => Finding::Customer {
                        field,
                        reason: Reason::Invalid,
                        code,
                        value: registration.field(field).map(str::to_owned),
                    },
                    _ => Finding::Agent {
                        field: Some(field),
                        code,
                    },
                })
            }
        })
}

fn answer(
    registration: &Registration,
    message: String,
    kind: String,
    answers: Vec<AnswerToApply>,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    outcome.events.push(Event::MessageReceived {
        message: message.clone(),
        kind,
        disposition: "apply".into(),
        returns_on: None,
    });
    let mut requeue = false;
    for AnswerToApply {
        field,
        answer,
        evidence,
    } in answers
    {
        let message = Some(message.clone());
        let evidence = Some(evidence);
        if answer == CertainAnswer::WrittenYes {
            if registration.written_yes == WrittenYes::Awaited {
                outcome.events.push(Event::WrittenYesGiven { message, evidence });
            }
            continue;
        }
        allow_change(registration, field, "take an answer")?;
        requeue = true;
        let current = registration.field(field).map(str::to_owned);
        outcome.events.push(match answer {
            CertainAnswer::Corrected(new) => {
                // An agent changes these, whoever asks: a thief of a mailbox must not redirect money or letters.
                if matches!(field, Field::Iban | Field::Email) {
                    return Err(Refusal::AgentsOnly(field));
                }
                check_normal_form(field, &new)?;
                match current {
                    Some(current) if current == new => Event::ValueConfirmed {
                        field,
                        value: Some(current),
                        message,
                        evidence,
                    },
                    old => Event::AnswerApplied {
                        field,
                        old,
                        new: Some(new),
                        message,
                        evidence,
                    },
                }
            }
            CertainAnswer::Confirmed => Event::ValueConfirmed {
                field,
                value: current,
                message,
                evidence,
            },
            CertainAnswer::Failed(answer) => Event::AnswerFailed {
                field,
                answer,
                message,
                evidence,
            },
            CertainAnswer::WrittenYes => continue,
        });
    }
    if requeue && !registration.state.awaits_verification() {
        outcome.events.push(Event::Requeued);
    }
    Ok(())
}

fn set_field(
    registration: &Registration,
    field: Field,
    value: Option<String>,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    allow_change(registration, field, "change")?;
    if let Some(value) = &value {
        check_normal_form(field, value)?;
    }
    let old = registration.field(field).map(str::to_owned);
    if old != value {
        outcome.events.push(Event::AnswerApplied {
            field,
            old,
            new: value,
            message: None,
            evidence: None,
        });
    }
    Ok(())
}

/// Values are parsed at the edge; the last door looks once more, because a wrong value here is the worst there is.
fn check_normal_form(field: Field, value: &str) -> Result<(), Refusal> {
    match value::normalise(field, value) {
        Ok(normal) if normal == value => Ok(()),
        Ok(_) => Err(Refusal::InvalidValue {
            field,
            fault: "not in normal form".into(),
        }),
        Err(fault) => Err(Refusal::InvalidValue {
            field,
            fault: fault.to_string(),
        }),
    }
}

fn undo(registration: &Registration, field: Field, outcome: &mut Outcome) -> Result<(), Refusal> {
    if registration.state == State::Verified {
        return Err(wrong_state(registration.state, "have an answer undone"));
    }
    allow_change(registration, field, "have an answer undone")?;
    let last = registration
        .corrections
        .iter()
        .rev()
        .find(|correction| correction.field == field);
    let Some(last) = last else {
        return Err(Refusal::NothingToUndo(field));
    };
    outcome.events.push(Event::Undone {
        field,
        old: registration.field(field).map(str::to_owned),
        new: last.old.clone(),
    });
    if !registration.state.awaits_verification() {
        outcome.events.push(Event::Requeued);
    }
    Ok(())
}

fn decide_energy(
    registration: &Registration,
    energy: Energy,
    decision: DistributorDecision,
    outcome: &mut Outcome,
) -> Result<(), Refusal> {
    if !registration.energies.contains(&energy) {
        return Err(Refusal::EnergyNotAsked { energy });
    }
    match registration.decisions.get(&energy) {
        // The market's messages come late and twice.
        Some(earlier) if *earlier == decision => return Ok(()),
        Some(_) => return Err(Refusal::DecidedOtherwise(energy.name())),
        None => {}
    }
    if registration.state != State::Verified {
        return Err(wrong_state(registration.state, "be decided by the distributor"));
    }
    if registration.written_yes == WrittenYes::Awaited {
        return Err(Refusal::WrittenYesMissing);
    }
    match decision {
        DistributorDecision::Rejected { reason } => {
            outcome.events.push(Event::DecisionRejected { energy, reason });
            outcome.events.push(Event::Requeued);
        }
        DistributorDecision::Accepted { start_date } => {
            outcome
                .events
                .push(Event::DecisionAccepted { energy, start_date });
            let others_accepted = registration
                .energies
                .iter()
                .filter(|other| **other != energy)
                .all(|other| {
                    matches!(
                        registration.decisions.get(other),
                        Some(DistributorDecision::Accepted { .. })
                    )
                });
            if others_accepted {
                outcome.events.push(Event::ContractConfirmed {
                    energies: registration.energies.clone(),
                });
                if registration.field(Field::Email).is_some() {
                    outcome.queue_letter(registration, LetterKind::ContractConfirmation);
                }
            }
        }
    }
    Ok(())
}
