//! `POST /api/v1/registrations`: one registration as JSON, or many as NDJSON with a report for each line.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use ring::digest::{SHA256, digest};
use serde::Serialize;
use serde_json::Value;

use super::auth::Client;
use super::body::{self, IdempotencyKey, JSON, NDJSON};
use crate::clock;
use crate::randomness;
use crate::registration::import::{self, LINE_BYTES_MAX};
use crate::registration::{Reference, RegistrationDocument, State as RegistrationState};
use crate::store::{Store, StoreError, Submission};
use crate::web::problem::{FieldError, Problem};
use crate::web::{WebState, to_the_end};

/// Lines of one bulk submission, at most: more go in a second request.
pub const BULK_LINES_MAX: usize = 10_000;
/// How often another reference is drawn when the drawn one is taken. With 2^40 of them, once is already rare.
const REFERENCE_DRAWS_MAX: usize = 8;

/// What a submission comes to.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Submitted {
    #[schema(value_type = String, example = "REG-7K3M9Q2X")]
    pub reference: Reference,
    /// The state after submission.
    #[schema(example = "received")]
    pub state: &'static str,
}

impl Submitted {
    /// The same for a repeated request as for the first one.
    fn new(reference: Reference) -> Submitted {
        Submitted {
            reference,
            state: RegistrationState::Received.name(),
        }
    }
}

/// What a bulk submission comes to: the good lines are in, the others are named.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BulkReport {
    /// Number of lines whose registration is in.
    pub accepted: usize,
    /// Number of lines that were refused.
    pub refused: usize,
    /// One for each line that is not blank, in order.
    pub lines: Vec<LineReport>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LineReport {
    /// From 1, blank lines counted.
    pub line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "REG-7K3M9Q2X")]
    pub reference: Option<Reference>,
    /// Why the line was refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FieldError>,
}

/// Submit a registration, or many
///
/// One registration as `application/json`, or one on each line as `application/x-ndjson`. Values that are merely wrong are
/// taken: verification asks the customer about them.
#[utoipa::path(
    post, path = "/api/v1/registrations", tag = "registrations",
    params(("Idempotency-Key" = Option<String>, Header,
        description = "Any text of the client's, up to 255 characters. The same key with the same body gets the same answer and \
                       submits nothing again; in bulk, this holds for each line.")),
    request_body(
        description = "The registration; in bulk, one on each line",
        content((RegistrationDocument = "application/json"), (String = "application/x-ndjson")),
    ),
    responses(
        (status = 201, description = "Submitted", body = Submitted,
            headers(("Location" = String, description = "Path of the registration"))),
        (status = 200, description = "Bulk: a report for each line", body = BulkReport),
        (status = 400, description = "No JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Neither JSON nor NDJSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are not acceptable (each is named in `errors`), or the idempotency key came before with \
                                      another body", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn submit(
    State(state): State<WebState>,
    Extension(client): Extension<Client>,
    IdempotencyKey(key): IdempotencyKey,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    match body::content_type(&headers).as_deref() {
        Some(JSON) => submit_one(state, client, key, body).await,
        Some(NDJSON) => submit_many(state, client, key, body).await,
        _ => Err(Problem::unsupported_media_type(
            "application/json or application/x-ndjson",
        )),
    }
}

async fn submit_one(
    state: WebState,
    client: Client,
    key: Option<String>,
    body: Body,
) -> Result<Response, Problem> {
    let bytes = body::read(body, state.settings.body_bytes_max).await?;
    let json = body::parse(&bytes)?;
    let document = read_document(json).map_err(Problem::invalid_body)?;
    let idempotency = key.map(|key| (client.scoped(&key), sha256(&bytes)));
    let store = state.store.clone();
    match to_the_end(async move { take_in(&store, document, &client, idempotency).await }).await?? {
        Submission::Created(reference) => {
            state.wake.notify_one();
            Ok(created(reference))
        }
        Submission::Repeated(reference) => Ok(created(reference)),
        Submission::KeyReused => Err(Problem::key_reused()),
    }
}

fn created(reference: Reference) -> Response {
    let location = HeaderValue::from_str(&format!("/api/v1/registrations/{reference}"))
        .expect("a reference is visible ASCII");
    let answer = Json(Submitted::new(reference));
    (StatusCode::CREATED, [(header::LOCATION, location)], answer).into_response()
}

async fn submit_many(
    state: WebState,
    client: Client,
    key: Option<String>,
    body: Body,
) -> Result<Response, Problem> {
    let bytes = body::read(body, state.settings.bulk_bytes_max).await?;
    let lines = bytes
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .count();
    if lines > BULK_LINES_MAX {
        let detail = format!("{lines} lines; at most {BULK_LINES_MAX} are taken at once");
        return Err(Problem::invalid_body([FieldError::new("", detail)]));
    }
    let store = state.store.clone();
    let report =
        to_the_end(async move { take_in_lines(&store, &bytes, &client, key.as_deref()).await }).await??;
    state.wake.notify_one();
    Ok(Json(report).into_response())
}

/// Each line is a transaction of its own, under a key of its own: a request that broke off in the middle is simply sent again.
async fn take_in_lines(
    store: &Store,
    bytes: &Bytes,
    client: &Client,
    key: Option<&str>,
) -> Result<BulkReport, Problem> {
    let whole = sha256(bytes);
    let mut report = BulkReport {
        accepted: 0,
        refused: 0,
        lines: Vec::new(),
    };
    for (place, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let number = place + 1;
        let outcome = match read_line(line) {
            Ok(document) => {
                let idempotency = key.map(|key| (client.scoped(&format!("{key}/{number}")), whole));
                match take_in(store, document, client, idempotency).await? {
                    Submission::Created(reference) | Submission::Repeated(reference) => Ok(reference),
                    Submission::KeyReused if report.accepted == 0 => return Err(Problem::key_reused()),
                    Submission::KeyReused => Err(vec![FieldError::new(
                        "",
                        "the idempotency key was used before, with another body",
                    )]),
                }
            }
            Err(faults) => Err(faults),
        };
        match outcome {
            Ok(_) => report.accepted += 1,
            Err(_) => report.refused += 1,
        }
        report.lines.push(LineReport {
            line: number,
            reference: outcome.as_ref().ok().cloned(),
            faults: outcome.err().unwrap_or_default(),
        });
    }
    Ok(report)
}

fn read_line(line: &[u8]) -> Result<RegistrationDocument, Vec<FieldError>> {
    if line.len() > LINE_BYTES_MAX {
        let detail = format!("longer than {LINE_BYTES_MAX} bytes: one registration a line");
        return Err(vec![FieldError::new("", detail)]);
    }
    let json = serde_json::from_slice(line)
        .map_err(|error| vec![FieldError::new("", format!("no JSON: {error}"))])?;
    read_document(json)
}

/// The document of a client. Its reference and its questions are not the client's to give: refused rather than dropped in
/// silence.
fn read_document(json: Value) -> Result<RegistrationDocument, Vec<FieldError>> {
    let ours = ["reference", "asked"]
        .into_iter()
        .filter(|key| json.get(key).is_some_and(|value| !value.is_null()));
    let mut errors: Vec<FieldError> = ours
        .map(|key| FieldError::new(key, "must be left out: Estafette gives it"))
        .collect();
    match import::parse_json(json) {
        Ok(document) if errors.is_empty() => Ok(document),
        Ok(_) => Err(errors),
        Err(faults) => {
            errors.extend(faults.into_iter().map(FieldError::from));
            Err(errors)
        }
    }
}

async fn take_in(
    store: &Store,
    document: RegistrationDocument,
    client: &Client,
    idempotency: Option<(String, [u8; 32])>,
) -> Result<Submission, StoreError> {
    let mut draws_left = REFERENCE_DRAWS_MAX;
    loop {
        let reference = Reference::from_random(randomness::bytes());
        let outcome = store
            .submit(
                document.clone(),
                reference,
                client.actor(),
                idempotency.clone(),
                clock::now(),
            )
            .await;
        draws_left -= 1;
        match outcome {
            Err(StoreError::ReferenceTaken(_)) if draws_left > 0 => {}
            outcome => return outcome,
        }
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest(&SHA256, bytes)
        .as_ref()
        .try_into()
        .expect("SHA-256 has 32 bytes")
}
