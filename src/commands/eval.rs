//! `estafette eval CORPUS...`: scores what `interpret` and `read` make of a corpus against its truth, and lists the misses.

mod part;
mod reply_text;
mod report;
mod truth;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use super::interpret::{Interpretation, interpret, interpret_unmatched, registration_from};
use super::read::EXIT_BAD_INPUT;
use crate::attachments::Tools;
use crate::reading::{self, Message, MessageKind};
use crate::registration::{Field, Registration};
pub use part::Part;
use reply_text::TextScore;
use truth::Truth;

/// What ought to become of a reply, by its truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Everything in it can be applied without a person.
    Apply,
    /// Clear, but it changes an IBAN, an e-mail address or a field that was not asked: an agent decides by rule.
    ReviewByRule,
    Review,
    Ignore,
}

/// One reply with its truth and what was made of it.
#[derive(Debug, Serialize)]
pub struct Scored {
    pub reply: String,
    pub traits: Vec<String>,
    pub wanted: Wanted,
    pub wanted_kind: String,
    pub got: Interpretation,
    pub misses: Vec<Miss>,
    /// Applied, and not exactly what the truth holds.
    pub applied_wrongly: bool,
    /// How much of the newly written text was found; none where the truth does not give it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<TextScore>,
    /// What the truth says of a robot's message beyond its kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub robot: Vec<RobotFact>,
}

/// A field that differs from the truth.
#[derive(Debug, Serialize)]
pub struct Miss {
    pub field: String,
    pub expected: Option<String>,
    pub got: Option<String>,
    /// The text it was read from.
    pub read_from: Option<String>,
}

/// One thing that a robot's message tells, by the truth and as it was read.
#[derive(Debug, Serialize)]
pub struct RobotFact {
    /// As in truth.jsonl: `bounce`, `bounced_message_id`, `returns_on`.
    pub name: &'static str,
    pub expected: Option<String>,
    pub got: Option<String>,
}

impl RobotFact {
    pub fn is_right(&self) -> bool {
        self.expected == self.got
    }
}

/// Scores every reply of a corpus folder. Not to be called on an async thread.
///
/// # Errors
/// What could not be read, a line each: `FILE: reason`.
pub fn score(corpus: &Path, tools: &Tools) -> Result<Vec<Scored>, Vec<String>> {
    score_part(corpus, Part::All, tools)
}

/// Scores the replies of one part of a corpus folder; the others are not even opened.
///
/// # Errors
/// What could not be read, a line each: `FILE: reason`.
pub fn score_part(corpus: &Path, part: Part, tools: &Tools) -> Result<Vec<Scored>, Vec<String>> {
    let truths = truth::read(&corpus.join("truth.jsonl"))?;
    let mut scored = Vec::new();
    let mut faults = Vec::new();
    for truth in truths.into_iter().filter(|truth| part.holds(&truth.reply)) {
        match score_reply(corpus, truth, tools) {
            Ok(reply) => scored.push(reply),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        Ok(scored)
    } else {
        Err(faults)
    }
}

fn score_reply(corpus: &Path, truth: Truth, tools: &Tools) -> Result<Scored, String> {
    let file = corpus.join("replies").join(&truth.reply);
    let raw = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let name = Path::new(&truth.reply);
    let (registration, got) = match &truth.registration {
        Some(reference) => {
            let registration_file = corpus.join("registrations").join(format!("{reference}.json"));
            let registration = registration_from(&registration_file)
                .map_err(|reason| format!("{}: {reason}", registration_file.display()))?;
            let got = interpret(name, &raw, &registration, None, tools);
            (Some(registration), got)
        }
        None => (None, interpret_unmatched(name, &raw)),
    };
    let message = reading::read(&raw);
    let text = truth
        .reply_text
        .as_deref()
        .map(|wanted| TextScore::of(wanted, &message.body.own_text()));
    let robot = robot_facts(&truth, &message);
    Ok(Scored {
        text,
        robot,
        ..compare(truth, got, registration.as_ref())
    })
}

/// What the truth tells of a robot, beside what was read. A date that is read where the truth says that there is
/// none is a miss; of what the truth does not speak nothing is counted.
fn robot_facts(truth: &Truth, message: &Message) -> Vec<RobotFact> {
    let (mut severity, mut letter, mut returns) = (None, None, None);
    match &message.kind {
        MessageKind::Bounce(bounce) => {
            severity = Some(bounce.severity.name().to_owned());
            letter = bounce.original_message_id.clone();
        }
        MessageKind::AutoReply { returns_on, .. } => returns = returns_on.map(|date| date.to_string()),
        MessageKind::Personal | MessageKind::Bulk { .. } => {}
    }
    let wanted_letter = truth.bounced_message_id.as_deref().map(without_brackets);
    let fact = |name, expected, got| RobotFact { name, expected, got };
    let mut facts = Vec::new();
    if truth.bounce.is_some() {
        facts.push(fact("bounce", truth.bounce.clone(), severity));
    }
    if wanted_letter.is_some() {
        facts.push(fact("bounced_message_id", wanted_letter, letter));
    }
    if let Some(expected) = &truth.returns_on
        && (expected.is_some() || returns.is_some())
    {
        facts.push(fact("returns_on", expected.clone(), returns));
    }
    facts
}

fn without_brackets(id: &str) -> String {
    id.trim().trim_matches(['<', '>']).to_owned()
}

fn compare(truth: Truth, got: Interpretation, registration: Option<&Registration>) -> Scored {
    let wanted = wanted(&truth, registration);
    let asked = |name: &str| is_asked(registration, name);
    // A confirmation of what was not asked may be left out on either side.
    let counts = |name: &str, status: &str| status == "corrected" || asked(name);
    let expected: BTreeMap<&str, String> = truth
        .fields
        .iter()
        .filter(|(name, field)| counts(name, &field.status))
        .map(|(name, field)| (name.as_str(), said(&field.status, field.value.as_deref())))
        .collect();
    let found: BTreeMap<&str, String> = got
        .fields
        .iter()
        .filter(|(name, field)| counts(name, field.status))
        .map(|(name, field)| (*name, said(field.status, field.value.as_deref())))
        .collect();
    let mut misses: Vec<Miss> = Vec::new();
    for name in Field::ALL.map(Field::name) {
        if expected.get(name) != found.get(name) {
            misses.push(Miss {
                field: name.to_owned(),
                expected: expected.get(name).cloned(),
                got: found.get(name).cloned(),
                read_from: got.fields.get(name).map(|field| field.evidence.text.clone()),
            });
        }
    }
    let applied = got.disposition == "apply";
    let applied_wrongly = applied
        && (!misses.is_empty()
            || truth.also_needs_agent
            || truth.kind != "answer"
            || wanted == Wanted::Review);
    Scored {
        reply: truth.reply,
        traits: truth.traits,
        wanted,
        wanted_kind: truth.kind,
        got,
        misses,
        applied_wrongly,
        text: None,
        robot: Vec::new(),
    }
}

fn is_asked(registration: Option<&Registration>, name: &str) -> bool {
    registration.is_some_and(|registration| {
        registration
            .open_questions()
            .any(|question| question.field.name() == name)
    })
}

fn said(status: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => format!("{status} {value}"),
        None => status.to_owned(),
    }
}

fn wanted(truth: &Truth, registration: Option<&Registration>) -> Wanted {
    let asked = |name: &str| is_asked(registration, name);
    let corrected = || {
        truth
            .fields
            .iter()
            .filter(|(_, field)| field.status == "corrected")
    };
    let invalid = truth.traits.iter().any(|name| name == "invalid-value");
    let robot = truth.kind == "auto_reply" || truth.kind == "bounce";
    if robot && !truth.also_needs_agent {
        Wanted::Ignore
    } else if truth.also_needs_agent || !matches!(truth.kind.as_str(), "answer" | "unrelated") {
        Wanted::Review
    } else if truth.kind == "unrelated" || (truth.fields.is_empty() && !invalid) {
        Wanted::Ignore
    } else if corrected().any(|(name, _)| !asked(name) || name == "iban" || name == "email") {
        Wanted::ReviewByRule
    } else {
        Wanted::Apply
    }
}

/// Scores corpora and prints the reports, as text or as JSON: one for each, and one for all where there are several. Exit
/// status 1 when anything was applied wrongly.
pub fn run(corpora: &[PathBuf], part: Part, json: bool) -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let tools = Tools::of_this_program();
    let mut reports = Vec::new();
    let mut all_read = true;
    for corpus in corpora {
        match score_part(corpus, part, &tools) {
            Ok(scored) => reports.push(report::Report::of(corpus, scored)),
            Err(faults) => {
                all_read = false;
                for fault in faults {
                    // Nobody is left to tell if standard error is gone.
                    let _ = writeln!(err, "{fault}");
                }
            }
        }
    }
    let text = if json {
        report::as_json(&reports)
    } else {
        report::as_text(&reports)
    };
    if writeln!(out, "{text}").is_err() {
        return ExitCode::FAILURE;
    }
    if !all_read {
        ExitCode::from(EXIT_BAD_INPUT)
    } else if reports.iter().any(report::Report::has_wrong) {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VACATION: &str = "From: Jan <jan@a.test>\r\nSubject: Automatisch antwoord: x\r\nAuto-Submitted: auto-replied\r\n\r\nTot later\r\n";
    const REPLY: &str = "From: Jan <jan@a.test>\r\nSubject: Re: x\r\n\r\nDe straat klopt\r\n\r\nOp 8 okt 2026 om 10:12 schreef X <x@a.test>:\r\n> Straat?\r\n";

    fn corpus(truth: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary directory");
        std::fs::create_dir(folder.path().join("replies")).expect("writable");
        std::fs::write(folder.path().join("replies/a.eml"), VACATION).expect("writable");
        std::fs::write(folder.path().join("replies/b.eml"), REPLY).expect("writable");
        std::fs::write(folder.path().join("truth.jsonl"), truth.join("\n")).expect("writable");
        folder
    }

    #[test]
    fn what_belongs_to_no_registration_is_scored_by_its_kind_and_its_text() {
        let folder = corpus(&[
            r#"{"reply": "a.eml", "registration": null, "kind": "auto_reply", "returns_on": "2026-11-30"}"#,
            r#"{"reply": "b.eml", "registration": null, "kind": "unrelated", "reply_text": "De straat klopt niet"}"#,
        ]);
        let scored = score(folder.path(), &Tools::of_this_program()).expect("readable");
        assert_eq!(
            (scored[0].got.kind, scored[0].got.disposition),
            ("auto_reply", "ignore")
        );
        assert_eq!(scored[0].robot.len(), 1);
        assert!(!scored[0].robot[0].is_right(), "no date stands in it");
        let text = scored[1].text.as_ref().expect("scored");
        assert_eq!((text.exact, text.lost(), text.foreign()), (false, 1, 0));
        let report = report::as_text(&[report::Report::of(folder.path(), scored)]);
        assert!(
            report.contains("returns_on: expected 2026-11-30, got -"),
            "{report}"
        );
        assert!(
            report.contains("text wanted: \"De straat klopt niet\""),
            "{report}"
        );
    }

    #[test]
    fn a_day_back_counts_only_where_the_truth_speaks_of_it() {
        let facts = |told: &str| {
            let truth = format!(r#"{{"reply": "a.eml", "registration": null, "kind": "auto_reply"{told}}}"#);
            let folder = corpus(&[&truth]);
            let raw = VACATION.replace("Tot later", "Ik ben afwezig tot en met 30/11/2026");
            std::fs::write(folder.path().join("replies/a.eml"), raw).expect("writable");
            let scored = score(folder.path(), &Tools::of_this_program()).expect("readable");
            let right: Vec<bool> = scored[0].robot.iter().map(RobotFact::is_right).collect();
            right
        };
        assert_eq!(facts(r#", "returns_on": "2026-12-01""#), [true]);
        assert_eq!(facts(r#", "returns_on": null"#), [false]);
        assert_eq!(facts(""), [false; 0]);
    }

    #[test]
    fn several_corpora_have_a_report_each_and_one_for_all() {
        let line = r#"{"reply": "b.eml", "registration": null, "kind": "unrelated", "reply_text": "De straat klopt"}"#;
        let folders = [corpus(&[line]), corpus(&[line])];
        let reports: Vec<report::Report> = folders
            .iter()
            .map(|folder| {
                report::Report::of(
                    folder.path(),
                    score(folder.path(), &Tools::of_this_program()).expect("readable"),
                )
            })
            .collect();
        let text = report::as_text(&reports);
        assert_eq!(text.matches("1 of    1  100.0 %").count(), 2, "{text}");
        assert_eq!(text.matches("2 of    2  100.0 %").count(), 1, "{text}");
        let json: serde_json::Value = serde_json::from_str(&report::as_json(&reports)).expect("JSON");
        assert_eq!(json["summary"]["reply_text"]["exact"], 2);
    }

    #[test]
    fn an_automatic_reply_that_reached_nobody_wants_a_person() {
        let wanted = |needs_agent| {
            let truth = format!(
                r#"{{"reply": "a.eml", "registration": null, "kind": "auto_reply", "also_needs_agent": {needs_agent}}}"#
            );
            let folder = corpus(&[&truth]);
            score(folder.path(), &Tools::of_this_program()).expect("readable")[0].wanted
        };
        assert_eq!(wanted("true"), Wanted::Review);
        assert_eq!(wanted("false"), Wanted::Ignore);
    }
}
