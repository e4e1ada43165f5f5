//! The scores of a corpus, as a table for people and as JSON for programs.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::{Scored, Wanted};

/// The counts that matter.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    pub replies: usize,
    pub applied: usize,
    pub applied_wrongly: usize,
    /// Replies that could be applied without a person, by their truth.
    pub appliable: usize,
    pub appliable_applied: usize,
    /// Appliable replies whose values stand only in an attachment, which is not read yet.
    pub appliable_in_attachment: usize,
    /// Clear replies that an agent decides on by rule (IBAN, e-mail, a field that was not asked).
    pub review_by_rule: usize,
    pub review_by_rule_reviewed: usize,
    pub need_person: usize,
    pub need_person_reviewed: usize,
    pub need_nobody: usize,
    pub need_nobody_ignored: usize,
    pub fields: BTreeMap<String, FieldScore>,
    /// Wanted kind -> found kind -> replies.
    pub kinds: BTreeMap<String, BTreeMap<String, usize>>,
    pub traits: BTreeMap<String, TraitScore>,
}

#[derive(Debug, Default, Serialize)]
pub struct FieldScore {
    /// Fields of the truth.
    pub expected: usize,
    pub found: usize,
    /// Found as the truth has them.
    pub right: usize,
}

#[derive(Debug, Default, Serialize)]
pub struct TraitScore {
    pub replies: usize,
    pub appliable: usize,
    pub applied: usize,
    pub wrong: usize,
}

impl Summary {
    pub fn of(scored: &[Scored]) -> Summary {
        let mut summary = Summary {
            replies: scored.len(),
            ..Summary::default()
        };
        for reply in scored {
            summary.count(reply);
        }
        summary
    }

    fn count(&mut self, reply: &Scored) {
        let disposition = reply.got.disposition;
        let applied = disposition == "apply";
        self.applied += usize::from(applied);
        self.applied_wrongly += usize::from(reply.applied_wrongly);
        match reply.wanted {
            Wanted::Apply => {
                self.appliable += 1;
                self.appliable_applied += usize::from(applied && !reply.applied_wrongly);
                let attached = reply.traits.iter().any(|name| name == "value-in-attachment");
                self.appliable_in_attachment += usize::from(attached);
            }
            Wanted::ReviewByRule => {
                self.review_by_rule += 1;
                self.review_by_rule_reviewed += usize::from(disposition == "review");
            }
            Wanted::Review => {
                self.need_person += 1;
                self.need_person_reviewed += usize::from(disposition == "review");
            }
            Wanted::Ignore => {
                self.need_nobody += 1;
                self.need_nobody_ignored += usize::from(disposition == "ignore");
            }
        }
        *self
            .kinds
            .entry(reply.wanted_kind.clone())
            .or_default()
            .entry(reply.got.kind.to_owned())
            .or_default() += 1;
        for name in &reply.traits {
            let score = self.traits.entry(name.clone()).or_default();
            score.replies += 1;
            score.appliable += usize::from(reply.wanted == Wanted::Apply);
            score.applied += usize::from(applied);
            score.wrong += usize::from(reply.applied_wrongly);
        }
        self.count_fields(reply);
    }

    fn count_fields(&mut self, reply: &Scored) {
        for name in reply.got.fields.keys() {
            let missed = reply.misses.iter().any(|miss| miss.field == *name);
            let score = self.fields.entry((*name).to_owned()).or_default();
            score.found += 1;
            score.expected += usize::from(!missed);
            score.right += usize::from(!missed);
        }
        for miss in reply.misses.iter().filter(|miss| miss.expected.is_some()) {
            self.fields.entry(miss.field.clone()).or_default().expected += 1;
        }
    }
}

pub fn as_json(scored: &[Scored], summary: &Summary) -> String {
    serde_json::json!({ "summary": summary, "replies": scored }).to_string()
}

/// Writing to a text cannot fail, so the results of `write!` are dropped here.
pub fn as_text(scored: &[Scored], summary: &Summary) -> String {
    let mut text = String::new();
    let share = |part: usize, whole: usize| {
        if whole == 0 {
            100.0
        } else {
            100.0 * part as f64 / whole as f64
        }
    };
    let _ = writeln!(text, "Dispositions");
    for (label, part, whole) in [
        (
            "appliable, applied (automation)",
            summary.appliable_applied,
            summary.appliable,
        ),
        (
            "  of these, value in an attachment",
            summary.appliable_in_attachment,
            summary.appliable,
        ),
        (
            "for an agent by rule, reviewed",
            summary.review_by_rule_reviewed,
            summary.review_by_rule,
        ),
        (
            "needing a person, reviewed",
            summary.need_person_reviewed,
            summary.need_person,
        ),
        (
            "needing nobody, ignored",
            summary.need_nobody_ignored,
            summary.need_nobody,
        ),
        (
            "applied, applied wrongly",
            summary.applied_wrongly,
            summary.applied,
        ),
    ] {
        let _ = writeln!(
            text,
            "  {label:<38} {part:>4} of {whole:>4}  {:>5.1} %",
            share(part, whole)
        );
    }
    let _ = writeln!(
        text,
        "\nFields                     expected  found  right  precision  recall"
    );
    for (name, score) in &summary.fields {
        let (precision, recall) = (
            share(score.right, score.found),
            share(score.right, score.expected),
        );
        let (expected, found, right) = (score.expected, score.found, score.right);
        let _ = writeln!(
            text,
            "  {name:<24} {expected:>8} {found:>6} {right:>6} {precision:>8.1} % {recall:>5.1} %"
        );
    }
    let _ = writeln!(text, "\nKinds (wanted: found)");
    for (wanted, found) in &summary.kinds {
        let found: Vec<String> = found
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        let _ = writeln!(text, "  {wanted:<12} {}", found.join(", "));
    }
    let _ = writeln!(
        text,
        "\nTraits                     replies  appliable  applied  wrong"
    );
    for (name, score) in &summary.traits {
        let TraitScore {
            replies,
            appliable,
            applied,
            wrong,
        } = score;
        let _ = writeln!(
            text,
            "  {name:<24} {replies:>7} {appliable:>10} {applied:>8} {wrong:>6}"
        );
    }
    let _ = writeln!(text, "\nMisses");
    for reply in scored {
        miss_lines(&mut text, reply);
    }
    text
}

fn miss_lines(text: &mut String, reply: &Scored) {
    let as_wanted = match reply.wanted {
        Wanted::Apply => reply.got.disposition == "apply",
        Wanted::ReviewByRule | Wanted::Review => reply.got.disposition == "review",
        Wanted::Ignore => reply.got.disposition == "ignore",
    };
    if as_wanted && reply.misses.is_empty() && !reply.applied_wrongly {
        return;
    }
    let wrong = if reply.applied_wrongly {
        "  APPLIED WRONGLY"
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "  {}: wanted {:?} {}, got {} {}{wrong}",
        reply.reply, reply.wanted, reply.wanted_kind, reply.got.disposition, reply.got.kind
    );
    for miss in &reply.misses {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let (expected, got, from) = (shown(&miss.expected), shown(&miss.got), shown(&miss.read_from));
        let _ = writeln!(
            text,
            "      {}: expected {expected}, got {got}, read from {from:?}",
            miss.field
        );
    }
    for reason in reply.got.reasons.iter().filter(|_| !as_wanted) {
        let _ = writeln!(
            text,
            "      {}: {}",
            reason.code,
            reason.detail.as_deref().unwrap_or("-").replace('\n', " / ")
        );
    }
}
