//! The list of review cases, and the page of one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::fields_form::{Errors, FieldsForm, Posted};
use super::lookup::Lookup;
use super::mail_view::{self, Block, Mark, MarkKind};
use super::panel::{self, Panel};
use super::reply::{ReplyForm, ReplySaid};
use super::view::{self, Chip, Chosen, Remembered};
use super::waiting::{self, Waiting};
use super::{Fault, words};
use crate::clock;
use crate::decision::queue;
use crate::reading::{self, Message};
use crate::registration::{Evidence, RecordedEvent, Reference};
use crate::store::answers::{self, ReadAnswer};
use crate::store::{MessageKey, OpenCase, RegistrationRow, Settled, StoredMessage, View};
use crate::web::WebState;
use crate::web::page::{Frame, Notice, Page, Section, Tone};
use crate::web::session::SignedIn;

/// Cases on one page of the list.
const CASES_PER_PAGE: u32 = 50;

struct CaseRow {
    key: String,
    reason: String,
    more_reasons: usize,
    kind: String,
    language: String,
    waiting: String,
    waits_long: bool,
    sender: String,
    subject: String,
    reference: Option<String>,
    /// The wished start of supply.
    start: Option<String>,
    start_at_risk: bool,
}

impl CaseRow {
    fn new(case: OpenCase, now: Timestamp) -> CaseRow {
        let OpenCase {
            message,
            wished_start,
        } = case;
        let (waiting, waits_long) = panel::waiting(message.received_at, now);
        let settled = message.settled;
        let text = |get: fn(&Settled) -> Option<String>| settled.as_ref().and_then(get);
        let reasons = settled.as_ref().map(reason_lines).unwrap_or_default();
        CaseRow {
            key: message.key.0,
            reason: reasons
                .first()
                .map_or_else(|| "Needs a look".into(), |reason| reason.words.clone()),
            more_reasons: reasons.len().saturating_sub(1),
            kind: text(|settled| Some(words::message_kind(&settled.kind))).unwrap_or_default(),
            language: text(|settled| settled.language.clone())
                .unwrap_or_default()
                .to_uppercase(),
            waiting,
            waits_long,
            sender: words::masked_address(&text(|settled| settled.sender.clone()).unwrap_or_default()),
            subject: text(|settled| Some(settled.subject.clone())).unwrap_or_default(),
            reference: text(|settled| settled.reference.as_ref().map(ToString::to_string)),
            start: wished_start.map(words::day),
            start_at_risk: wished_start
                .is_some_and(|start| queue::is_at_risk(start, clock::belgian_date(now))),
        }
    }
}

#[derive(Template)]
#[template(path = "desk/cases.html")]
struct CasesPage {
    frame: Frame,
    cases: Vec<CaseRow>,
    waiting: Vec<Waiting>,
    next: Option<String>,
    is_first: bool,
    pulse: String,
    /// How many there are in this view.
    count: u64,
    /// Whether there may be more in another view.
    is_filtered: bool,
    queues: Vec<Chip>,
    languages: Vec<Chip>,
    query: String,
}

#[derive(Deserialize)]
pub struct ListQuery {
    after: Option<String>,
    done: Option<String>,
}

pub async fn list(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Remembered(remembered): Remembered,
    Query(query): Query<ListQuery>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Fault> {
    let view = chosen.view().unwrap_or(remembered);
    // Taken before the list: what comes in between shows by a beat too many, not too few.
    let pulse = state.store.pulse().await?;
    let page = state
        .store
        .cases(view, query.after.as_deref(), CASES_PER_PAGE)
        .await?;
    let (queues, languages) = view::chips(&state.store.case_counts().await?, view);
    let mut frame = Frame::of(&agent, Section::Cases);
    if let Some(done) = query.done.as_deref().and_then(done_in_words) {
        frame = frame.with_notice(Tone::Good, done);
    }
    let waiting = match query.after {
        None if view == View::default() => waiting::without_message(&state.store).await?,
        _ => Vec::new(),
    };
    let now = clock::now();
    let page = CasesPage {
        frame,
        waiting,
        cases: page
            .items
            .into_iter()
            .map(|case| CaseRow::new(case, now))
            .collect(),
        count: queues
            .iter()
            .find(|chip| chip.is_current)
            .map_or(0, |chip| chip.count),
        queues,
        languages,
        is_filtered: view != View::default(),
        query: view::query(view),
        next: page.next,
        is_first: query.after.is_none(),
        pulse,
    };
    let jar = CookieJar::new().add(view::remember(view, state.settings.secure_cookies));
    Ok((jar, Page(StatusCode::OK, page)).into_response())
}

/// How a case was closed, in words.
fn done_in_words(how: &str) -> Option<&'static str> {
    Some(match how {
        "applied" => "Applied. The registration goes back to verification.",
        "ignored" => "Ignored. Nothing follows from that message.",
        "asked_again" => "The open questions go out again.",
        "handed_back" => "Handed back.",
        "replied" => "Your answer goes out.",
        "withdrawn" => "The registration is withdrawn.",
        _ => return None,
    })
}

/// Everything the page of a case needs.
pub(super) struct Case {
    pub stored: StoredMessage,
    pub message: Option<Message>,
    has_html: bool,
    pub answers: Vec<ReadAnswer>,
    pub written_yes: Option<Evidence>,
    pub registration: Option<(RegistrationRow, Vec<RecordedEvent>)>,
}

impl Case {
    pub(super) async fn load(state: &WebState, key: &str) -> Result<Case, Fault> {
        let key = MessageKey(key.to_owned());
        let stored = state.store.message(&key).await?.ok_or(Fault::NotFound)?;
        let raw = state.store.raw_message(&key).await?.unwrap_or_default();
        let has_html = {
            let raw = raw.clone();
            tokio::task::spawn_blocking(move || reading::html_of(&raw).is_some()).await
        };
        let message = mail_view::read(raw).await;
        let reference = stored
            .settled
            .as_ref()
            .and_then(|settled| settled.reference.clone());
        let registration = match reference {
            Some(reference) => match state.store.registration(&reference).await? {
                Some(row) => Some((row, state.store.history(&reference).await?)),
                None => None,
            },
            None => None,
        };
        let said = stored.settled.as_ref().map(|settled| &settled.answers);
        let answers = said.map(answers::read).unwrap_or_default();
        let written_yes = said.and_then(answers::read_written_yes);
        Ok(Case {
            stored,
            message,
            has_html: has_html.unwrap_or(false),
            answers,
            written_yes,
            registration,
        })
    }

    pub(super) fn key(&self) -> &str {
        &self.stored.key.0
    }

    pub(super) fn is_open(&self) -> bool {
        self.stored.closed.is_none()
            && self
                .stored
                .settled
                .as_ref()
                .is_some_and(|settled| settled.disposition == "review")
    }

    /// Who closed it and how, for the one who comes second.
    pub(super) fn closed_in_words(&self) -> Option<String> {
        let closing = self.stored.closed.as_ref()?;
        let how = closing.how.replace('_', " ");
        Some(format!("{}: {how}, {}.", closing.by, words::when(closing.at)))
    }

    fn sender_name(&self) -> Option<String> {
        self.message.as_ref()?.from.as_ref()?.name.clone()
    }

    fn marks(&self) -> Vec<Mark> {
        let evidence = self
            .answers
            .iter()
            .map(|answer| &answer.evidence)
            .chain(&self.written_yes);
        let answers = evidence.filter_map(|evidence| {
            let in_body = evidence.part == "body";
            Some((evidence.span.filter(|_| in_body)?, MarkKind::Answer))
        });
        let reasons = self.stored.settled.iter().flat_map(|settled| &settled.reasons);
        let doubts = reasons.filter_map(|reason| Some((reason.span?, MarkKind::Doubt)));
        answers.chain(doubts).collect()
    }
}

/// One code with every piece of text it is about.
struct ReasonLine {
    words: String,
    details: Vec<String>,
}

fn reason_lines(settled: &Settled) -> Vec<ReasonLine> {
    let mut lines: Vec<ReasonLine> = Vec::new();
    for reason in &settled.reasons {
        let words = words::reason(&reason.code);
        let place = lines
            .iter()
            .position(|line| line.words == words)
            .unwrap_or_else(|| {
                lines.push(ReasonLine {
                    words,
                    details: Vec::new(),
                });
                lines.len() - 1
            });
        let line = &mut lines[place];
        let detail = reason
            .detail
            .iter()
            .filter(|detail| detail.chars().any(char::is_alphanumeric));
        line.details.extend(detail.cloned());
    }
    lines
}

struct AnswerLine {
    label: &'static str,
    status: &'static str,
    value: String,
    /// What the registration holds, where the answer is another value.
    old: Option<String>,
    text: String,
    why: String,
}

impl AnswerLine {
    fn new(answer: &ReadAnswer, registered: Option<&str>) -> AnswerLine {
        use crate::understanding::AnswerStatus::{Confirmed, Corrected, Failed, Unclear};
        let (status, value, old) = match &answer.status {
            Corrected(value) => (
                "corrected",
                value.clone(),
                Some(registered.unwrap_or("empty").to_owned()),
            ),
            Confirmed => ("confirmed", registered.unwrap_or("empty").to_owned(), None),
            Failed(failed) => (
                "failed",
                format!("{} · {}", failed.value, words::value_fault(&failed.fault)),
                None,
            ),
            Unclear => ("unclear", String::new(), None),
        };
        let rule = words::code(&answer.evidence.rule);
        let place = match (&answer.evidence.place, answer.evidence.part.as_str()) {
            (Some(place), _) => place.to_string(),
            (None, "body") => String::new(),
            (None, part) => format!("in the {part}"),
        };
        let checks: Vec<String> = answer.checks.iter().map(|check| words::code(check)).collect();
        let why = [place, rule, checks.join(", ")];
        AnswerLine {
            label: words::field_label(answer.field),
            status,
            value,
            old,
            text: answer.evidence.text.clone(),
            why: why
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
        }
    }
}

struct AttachmentLine {
    number: usize,
    name: String,
    kind: String,
    size: String,
}

fn attachment_lines(message: Option<&Message>) -> Vec<AttachmentLine> {
    let attachments = message.map_or(&[][..], |message| &message.attachments);
    let line = |(place, attachment): (usize, &reading::Attachment)| AttachmentLine {
        number: place + 1,
        name: attachment
            .name
            .clone()
            .unwrap_or_else(|| format!("attachment {}", place + 1)),
        kind: attachment.content_type.clone(),
        size: format!("{} kB", attachment.content.len().div_ceil(1024)),
    };
    attachments.iter().enumerate().map(line).collect()
}

/// The ways a message was matched, in words; what has no words of its own is shown as it is stored.
fn match_in_words(evidence: &Value) -> Vec<String> {
    let list = evidence
        .as_array()
        .or_else(|| evidence.get("evidence").and_then(Value::as_array));
    let by = |entry: &Value| {
        let by = entry.get("by")?.as_str()?;
        Some(match by {
            "token" => "signed reply address".to_owned(),
            "thread" => "answers a letter of ours".to_owned(),
            "reference" => "reference in the text".to_owned(),
            "sender" => "registered address".to_owned(),
            "ean" => "EAN in the text".to_owned(),
            "agent" => "linked by an agent".to_owned(),
            other => words::code(other),
        })
    };
    let mut lines: Vec<String> = list.into_iter().flatten().filter_map(by).collect();
    let sender = evidence.get("sender").unwrap_or(&Value::Null);
    let text = |key| sender.get(key).and_then(Value::as_str);
    if let (Some(trust), Some(why)) = (text("trust"), text("why")) {
        lines.push(format!("sender {trust}: {why}"));
    }
    lines
}

/// The registrations that an ambiguous message may belong to, each with what speaks for it.
fn candidates(evidence: &Value) -> Vec<(Reference, String)> {
    let candidates = evidence.get("candidates").and_then(Value::as_array);
    let candidate = |candidate: &Value| {
        let reference = candidate.get(0)?.as_str()?.parse().ok()?;
        let by = match_in_words(candidate.get(1).unwrap_or(&Value::Null));
        Some((reference, by.join(", ")))
    };
    candidates.into_iter().flatten().filter_map(candidate).collect()
}

#[derive(Template)]
#[template(path = "desk/case.html")]
struct CasePage {
    frame: Frame,
    key: String,
    version: i64,
    is_open: bool,
    closed: Option<String>,
    subject: String,
    sender: String,
    sender_name: String,
    received: String,
    waiting: String,
    language: String,
    kind: String,
    reasons: Vec<ReasonLine>,
    blocks: Vec<Block>,
    has_html: bool,
    differing: Option<String>,
    attachments: Vec<AttachmentLine>,
    understood: Vec<AnswerLine>,
    written_yes: Option<String>,
    can_accept: bool,
    matched: Vec<String>,
    panel: Option<Panel>,
    registration_version: i64,
    form: FieldsForm,
    action: String,
    link_error: Option<String>,
    lookup: Lookup,
    beside: Beside,
    reply: Option<ReplyForm>,
    /// What an agent wrote when somebody else had closed the case.
    unsent: Option<String>,
}

/// The open cases before and after this one.
#[derive(Default)]
pub(super) struct Beside {
    previous: Option<String>,
    next: Option<String>,
}

/// What a refused act adds to the page.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub status: StatusCode,
    pub notice: Option<String>,
    pub posted: Option<&'a Posted>,
    pub errors: Errors,
    pub link_error: Option<String>,
    pub lookup: Lookup,
    pub beside: Beside,
    pub reply: ReplySaid,
}

impl Said<'_> {
    pub(super) fn refused(notice: impl Into<String>) -> Said<'static> {
        Said {
            status: StatusCode::CONFLICT,
            notice: Some(notice.into()),
            ..Said::default()
        }
    }
}

pub(super) fn page(case: &Case, agent: &str, said: Said<'_>) -> Response {
    let settled = case.stored.settled.as_ref();
    let registration = case.registration.as_ref().map(|(row, _)| &row.registration);
    let marks = case.marks();
    let mut frame = Frame::of(agent, Section::Cases);
    frame.notice = said.notice.map(|text| Notice {
        tone: Tone::Bad,
        text,
    });
    let message = case.message.as_ref();
    let page = CasePage {
        frame,
        key: case.key().to_owned(),
        version: case.stored.version,
        is_open: case.is_open(),
        closed: case.closed_in_words(),
        subject: settled.map(|settled| settled.subject.clone()).unwrap_or_default(),
        sender: settled
            .and_then(|settled| settled.sender.clone())
            .unwrap_or_default(),
        sender_name: case.sender_name().unwrap_or_default(),
        received: words::when(case.stored.received_at),
        waiting: words::ago(case.stored.received_at, clock::now()),
        language: settled
            .and_then(|settled| settled.language.clone())
            .unwrap_or_default()
            .to_uppercase(),
        kind: settled
            .map(|settled| words::message_kind(&settled.kind))
            .unwrap_or_default(),
        reasons: settled.map(reason_lines).unwrap_or_default(),
        blocks: message
            .map(|message| mail_view::blocks(&message.body, &marks))
            .unwrap_or_default(),
        has_html: case.has_html,
        differing: message.and_then(|message| message.body.differing_own_text.clone()),
        attachments: attachment_lines(message),
        understood: case
            .answers
            .iter()
            .map(|answer| AnswerLine::new(answer, registration.and_then(|found| found.field(answer.field))))
            .collect(),
        written_yes: case.written_yes.as_ref().map(|evidence| evidence.text.clone()),
        can_accept: case.written_yes.is_some()
            || case.answers.iter().any(|answer| answer.to_apply().is_some()),
        matched: settled
            .map(|settled| match_in_words(&settled.evidence))
            .unwrap_or_default(),
        panel: case
            .registration
            .as_ref()
            .map(|(row, history)| Panel::new(&row.registration, history)),
        registration_version: case.registration.as_ref().map_or(0, |(row, _)| row.version),
        form: registration
            .map(|found| FieldsForm::new(found, &case.answers, said.posted, &said.errors))
            .unwrap_or_default(),
        action: format!("/desk/cases/{}/fields", case.key()),
        link_error: said.link_error,
        lookup: said.lookup,
        beside: said.beside,
        unsent: (!case.is_open() && !said.reply.text.is_empty()).then(|| said.reply.text.clone()),
        reply: registration.filter(|_| case.is_open()).map(|found| {
            let action = format!("/desk/cases/{}/reply", case.key());
            ReplyForm::new(
                found,
                action,
                case.stored.version,
                "Send, and close the case",
                said.reply,
            )
        }),
    };
    Page(said.status, page).into_response()
}

#[derive(Deserialize)]
pub struct ShowQuery {
    /// What an agent looks for to link the message to.
    find: Option<String>,
}

pub async fn show(
    State(state): State<WebState>,
    SignedIn(agent): SignedIn,
    Remembered(view): Remembered,
    Path(key): Path<String>,
    Query(query): Query<ShowQuery>,
) -> Result<Response, Fault> {
    let case = Case::load(&state, &key).await?;
    // Of a message that belongs nowhere, the sender's name is the best guess.
    let guess = || case.sender_name().filter(|_| case.registration.is_none());
    let lookup = match query.find.clone().or_else(guess) {
        Some(sought) if case.is_open() => Lookup::of(&state.store, &sought).await?,
        _ => Lookup::default(),
    };
    let mut lookup = lookup;
    if query.find.is_none()
        && let Some(settled) = case.stored.settled.as_ref().filter(|_| case.is_open())
    {
        let suggested = candidates(&settled.evidence);
        lookup.put_first(&state.store, suggested).await?;
    }
    let (previous, next) = state.store.cases_beside(&case.stored.key, view).await?;
    let said = Said {
        lookup,
        beside: Beside {
            previous: previous.map(|key| key.0),
            next: next.map(|key| key.0),
        },
        ..Said::default()
    };
    Ok(page(&case, &agent, said))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_evidence_of_a_match_is_said_in_words_whatever_its_shape() {
        let list = json!([{"by": "token"}, {"by": "thread", "what": "id"}]);
        assert_eq!(
            match_in_words(&list),
            ["signed reply address", "answers a letter of ours"]
        );
        let with_trust = json!({"evidence": [{"by": "sender"}], "sender": {"trust": "untrusted", "why": "no letter of ours"}});
        assert_eq!(
            match_in_words(&with_trust),
            ["registered address", "sender untrusted: no letter of ours"]
        );
        assert_eq!(match_in_words(&Value::Null), Vec::<String>::new());
        let ambiguous = json!({"candidates": [["REG-7K3M9Q2X", [{"by": "sender"}]], ["REG-7K3M9Q2Y", []]]});
        let found = candidates(&ambiguous);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(reference, by)| (reference.as_str(), by.as_str()))
            .collect();
        assert_eq!(
            found,
            [("REG-7K3M9Q2X", "registered address"), ("REG-7K3M9Q2Y", "")]
        );
    }
}
