//! The scores of a corpus, as a table for people and as JSON for programs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde::Serialize;

use super::reply_text::TextScore;
use super::{RobotFact, Scored, Wanted};

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
    pub reply_text: ReplyTextScore,
    /// What the truth tells of robots: bounce, bounced_message_id, returns_on.
    pub robots: BTreeMap<String, FieldScore>,
}

/// The newly written text of all replies whose truth gives it.
#[derive(Debug, Default, Serialize)]
pub struct ReplyTextScore {
    pub replies: usize,
    /// The same as the truth but for white space.
    pub exact: usize,
    pub words_wanted: usize,
    pub words_got: usize,
    pub words_shared: usize,
    /// Words that the customer wrote and that were not found.
    pub words_lost: usize,
    /// Words of others that were taken for the customer's.
    pub words_foreign: usize,
}

impl ReplyTextScore {
    fn count(&mut self, score: &TextScore) {
        self.replies += 1;
        self.exact += usize::from(score.exact);
        self.words_wanted += score.words_wanted;
        self.words_got += score.words_got;
        self.words_shared += score.words_shared;
        self.words_lost += score.lost();
        self.words_foreign += score.foreign();
    }
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
    pub fn of<'a>(scored: impl IntoIterator<Item = &'a Scored>) -> Summary {
        let mut summary = Summary::default();
        for reply in scored {
            summary.count(reply);
        }
        summary
    }

    fn count(&mut self, reply: &Scored) {
        self.replies += 1;
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
        if let Some(text) = &reply.text {
            self.reply_text.count(text);
        }
        for fact in &reply.robot {
            let score = self.robots.entry(fact.name.to_owned()).or_default();
            score.expected += usize::from(fact.expected.is_some());
            score.found += usize::from(fact.got.is_some());
            score.right += usize::from(fact.is_right());
        }
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

/// One corpus, scored.
pub struct Report {
    corpus: String,
    scored: Vec<Scored>,
    summary: Summary,
}

impl Report {
    pub fn of(corpus: &Path, scored: Vec<Scored>) -> Report {
        Report {
            corpus: corpus.display().to_string(),
            summary: Summary::of(&scored),
            scored,
        }
    }

    pub fn has_wrong(&self) -> bool {
        self.summary.applied_wrongly > 0
    }
}

fn summary_of_all(reports: &[Report]) -> Summary {
    Summary::of(reports.iter().flat_map(|report| &report.scored))
}

/// `{"summary", "replies"}` of one corpus; of several `{"corpora": [{"corpus", "summary", "replies"}], "summary"}`.
pub fn as_json(reports: &[Report]) -> String {
    let of_one = |report: &Report| serde_json::json!({ "corpus": report.corpus, "summary": report.summary, "replies": report.scored });
    match reports {
        [report] => of_one(report).to_string(),
        _ => {
            let corpora: Vec<_> = reports.iter().map(of_one).collect();
            serde_json::json!({ "corpora": corpora, "summary": summary_of_all(reports) }).to_string()
        }
    }
}

/// Writing to a text cannot fail, so the results of `write!` are dropped here and below.
pub fn as_text(reports: &[Report]) -> String {
    let mut text = String::new();
    for report in reports {
        if reports.len() > 1 {
            let _ = writeln!(text, "=== {} ===\n", report.corpus);
        }
        tables(&mut text, &report.summary);
        let _ = writeln!(text, "\nMisses");
        for reply in &report.scored {
            miss_lines(&mut text, reply);
        }
        text.push('\n');
    }
    if reports.len() > 1 {
        let _ = writeln!(text, "=== all ===\n");
        tables(&mut text, &summary_of_all(reports));
    }
    text
}

/// In per cent; nothing of nothing is all of it.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        100.0
    } else {
        100.0 * part as f64 / whole as f64
    }
}

fn tables(text: &mut String, summary: &Summary) {
    dispositions(text, summary);
    fields(text, summary);
    reply_texts(text, &summary.reply_text);
    kinds(text, summary);
    traits(text, summary);
}

fn dispositions(text: &mut String, summary: &Summary) {
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
}

fn fields(text: &mut String, summary: &Summary) {
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
}

fn reply_texts(text: &mut String, score: &ReplyTextScore) {
    if score.replies == 0 {
        return;
    }
    let f1 = share(2 * score.words_shared, score.words_wanted + score.words_got);
    let _ = writeln!(text, "\nNewly written text");
    for (label, part, whole) in [
        ("exact but for white space", score.exact, score.replies),
        (
            "words of the customer found",
            score.words_shared,
            score.words_wanted,
        ),
        ("words of the customer lost", score.words_lost, score.words_wanted),
        ("words of others taken in", score.words_foreign, score.words_got),
    ] {
        let _ = writeln!(
            text,
            "  {label:<38} {part:>4} of {whole:>4}  {:>5.1} %",
            share(part, whole)
        );
    }
    let _ = writeln!(text, "  {:<38} {:>12}  {f1:>5.1} %", "F1 over words", "");
}

fn kinds(text: &mut String, summary: &Summary) {
    let _ = writeln!(text, "\nKinds (wanted: found)");
    for (wanted, found) in &summary.kinds {
        let found: Vec<String> = found
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        let _ = writeln!(text, "  {wanted:<12} {}", found.join(", "));
    }
    if !summary.robots.is_empty() {
        let _ = writeln!(text, "\nRobots                     expected  found  right");
    }
    for (name, score) in &summary.robots {
        let (expected, found, right) = (score.expected, score.found, score.right);
        let _ = writeln!(text, "  {name:<24} {expected:>8} {found:>6} {right:>6}");
    }
}

fn traits(text: &mut String, summary: &Summary) {
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
}

fn miss_lines(text: &mut String, reply: &Scored) {
    let as_wanted = match reply.wanted {
        Wanted::Apply => reply.got.disposition == "apply",
        Wanted::ReviewByRule | Wanted::Review => reply.got.disposition == "review",
        Wanted::Ignore => reply.got.disposition == "ignore",
    };
    let text_missed = reply.text.as_ref().filter(|score| !score.exact);
    let robot_missed: Vec<&RobotFact> = reply.robot.iter().filter(|fact| !fact.is_right()).collect();
    let kind_missed = is_robot(&reply.wanted_kind) != is_robot(reply.got.kind)
        || (is_robot(reply.got.kind) && reply.wanted_kind != reply.got.kind);
    if as_wanted
        && reply.misses.is_empty()
        && !reply.applied_wrongly
        && text_missed.is_none()
        && robot_missed.is_empty()
        && !kind_missed
    {
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
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    for fact in robot_missed {
        let (expected, got) = (shown(&fact.expected), shown(&fact.got));
        let _ = writeln!(text, "      {}: expected {expected}, got {got}", fact.name);
    }
    if let Some(score) = text_missed {
        let _ = writeln!(text, "      text wanted: {:?}", score.wanted);
        let _ = writeln!(text, "      text found:  {:?}", score.got);
    }
    for miss in &reply.misses {
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
            "      {}{}: {}",
            reason.code,
            words_of(&reason.words),
            reason.detail.as_deref().unwrap_or("-").replace('\n', " / ")
        );
    }
}

/// " (word, word)".
fn words_of(words: &[String]) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!(" ({})", words.join(", "))
    }
}

fn is_robot(kind: &str) -> bool {
    matches!(kind, "auto_reply" | "bounce")
}
