//! Registrations: one, the list, and the distributor's decision.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::{Extension, Json};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};

use super::auth::Client;
use super::body::{self, IdempotencyKey};
use super::paging::Paging;
use super::view::{RegistrationSummary, RegistrationView};
use crate::clock;
use crate::registration::{Awaiting, Command, DistributorDecision, Energy, Reference};
use crate::store::{Order, RegistrationRow, Store};
use crate::web::problem::{FieldError, Problem};
use crate::web::{WebState, to_the_end};

/// A reason longer than this many characters is none: reasons are short codes.
const REASON_CHARS_MAX: usize = 64;

/// A page of registrations.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RegistrationList {
    pub registrations: Vec<RegistrationSummary>,
    /// What to give as `after` for the next page; null on the last one.
    pub next: Option<String>,
}

/// List registrations, the newest change first
#[utoipa::path(
    get, path = "/api/v1/registrations", tag = "registrations",
    params(
        ("after" = Option<String>, Query, description = "The `next` of the page before"),
        ("limit" = Option<u32>, Query, description = "1 to 200, 50 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = RegistrationList),
        (status = 400, description = "A bad parameter", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn list(State(state): State<WebState>, paging: Paging) -> Result<Json<RegistrationList>, Problem> {
    let page = state
        .store
        .registrations(paging.after.as_deref(), paging.limit)
        .await?;
    Ok(Json(RegistrationList {
        registrations: page.items.iter().map(RegistrationSummary::new).collect(),
        next: page.next,
    }))
}

/// Show a registration with its questions, letters, messages and history
#[utoipa::path(
    get, path = "/api/v1/registrations/{reference}", tag = "registrations",
    params(("reference" = String, Path, description = "Any case; O is read as 0, I and L as 1", example = "REG-7K3M9Q2X")),
    responses(
        (status = 200, description = "The registration", body = RegistrationView),
        (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such registration", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn show(
    State(state): State<WebState>,
    Path(reference): Path<String>,
) -> Result<Json<RegistrationView>, Problem> {
    let row = find(&state.store, &reference).await?;
    let reference = &row.registration.reference;
    let history = state.store.history(reference).await?;
    let letters = state.store.letters_of(reference).await?;
    let messages = state.store.messages_of(reference).await?;
    Ok(Json(RegistrationView::new(
        row,
        history,
        letters,
        messages,
        state.store.patience(),
    )))
}

/// What the distributor says of one energy.
#[derive(utoipa::ToSchema)]
#[allow(
    dead_code,
    reason = "its shape alone is used: the body is read by hand, to name every bad field at once"
)]
pub struct DecisionDocument {
    /// `electricity` or `gas`; may be left out where the registration is for one energy.
    #[schema(example = "electricity")]
    energy: Option<String>,
    accepted: bool,
    /// Start of supply; with `accepted: true`.
    #[schema(example = "2026-12-15")]
    start_date: Option<String>,
    /// Code of the refusal; with `accepted: false`.
    #[schema(example = "ean_unknown")]
    reason: Option<String>,
}

/// Where the registration stands after the decision.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Decided {
    #[schema(value_type = String, example = "REG-7K3M9Q2X")]
    pub reference: Reference,
    #[schema(example = "accepted")]
    pub state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub awaiting: Option<Awaiting>,
}

/// Record the distributor's decision on one energy
///
/// The same decision once more changes nothing; another one is refused. So this is idempotent with or without a key.
#[utoipa::path(
    post, path = "/api/v1/registrations/{reference}/decision", tag = "registrations",
    params(
        ("reference" = String, Path, example = "REG-7K3M9Q2X"),
        ("Idempotency-Key" = Option<String>, Header, description = "Taken, and not needed: a decision is idempotent by itself"),
    ),
    request_body = DecisionDocument,
    responses(
        (status = 200, description = "Recorded", body = Decided),
        (status = 400, description = "No JSON", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such registration", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The registration's state does not allow it", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "No JSON by its content type", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are not acceptable", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store does not answer", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn record_decision(
    State(state): State<WebState>,
    Extension(client): Extension<Client>,
    Path(reference): Path<String>,
    _key: IdempotencyKey,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Decided>, Problem> {
    let json = body::read_json(&headers, body, state.settings.body_bytes_max).await?;
    let row = find(&state.store, &reference).await?;
    let (energy, decision) =
        read_decision(&json, &row.registration.energies).map_err(Problem::invalid_body)?;
    let order = Order {
        reference: row.registration.reference,
        actor: client.actor(),
        command: Command::Decide { energy, decision },
    };
    let store = state.store.clone();
    let registration = to_the_end(async move { store.act(order, clock::now()).await }).await??;
    state.wake.notify_one();
    Ok(Json(Decided {
        reference: registration.reference,
        state: registration.state.name(),
        awaiting: registration.state.awaiting(),
    }))
}

async fn find(store: &Store, reference: &str) -> Result<RegistrationRow, Problem> {
    let parsed: Reference = reference
        .parse()
        .map_err(|_| Problem::not_found("no registration has such a reference"))?;
    let row = store.registration(&parsed).await?;
    row.ok_or_else(|| Problem::not_found(format!("no registration {parsed}")))
}

/// The decision in `json`, or every fault of it.
fn read_decision(
    json: &Value,
    energies: &[Energy],
) -> Result<(Energy, DistributorDecision), Vec<FieldError>> {
    let Value::Object(object) = json else {
        return Err(vec![FieldError::new("", "must be an object")]);
    };
    let mut errors = Vec::new();
    let energy = read_energy(object.get("energy"), energies).map_err(|error| errors.push(error));
    let decision = read_verdict(object).map_err(|error| errors.push(error));
    let known = ["energy", "accepted", "start_date", "reason"];
    for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
        let detail = format!("is not a known key; known here: {}", known.join(", "));
        errors.push(FieldError::new(
            key.chars().take(REASON_CHARS_MAX).collect::<String>(),
            detail,
        ));
    }
    match (energy, decision) {
        (Ok(energy), Ok(decision)) if errors.is_empty() => Ok((energy, decision)),
        _ => Err(errors),
    }
}

fn read_energy(value: Option<&Value>, energies: &[Energy]) -> Result<Energy, FieldError> {
    match (value, energies) {
        (None | Some(Value::Null), [only]) => Ok(*only),
        (Some(Value::String(name)), _) if name == "electricity" => Ok(Energy::Electricity),
        (Some(Value::String(name)), _) if name == "gas" => Ok(Energy::Gas),
        _ => Err(FieldError::new("energy", "must be one of electricity, gas")),
    }
}

fn read_verdict(object: &Map<String, Value>) -> Result<DistributorDecision, FieldError> {
    let text = |key| object.get(key).and_then(Value::as_str);
    match object.get("accepted") {
        Some(Value::Bool(true)) => {
            let start_date: Option<Date> = text("start_date").and_then(|date| date.parse().ok());
            let start_date = start_date
                .ok_or_else(|| FieldError::new("start_date", "must be a date such as 2026-12-15"))?;
            Ok(DistributorDecision::Accepted { start_date })
        }
        Some(Value::Bool(false)) => match text("reason") {
            Some(reason) if is_code(reason) => Ok(DistributorDecision::Rejected {
                reason: reason.to_owned(),
            }),
            _ => Err(FieldError::new(
                "reason",
                format!(
                    "must be a code such as ean_unknown: a-z, 0-9 and _, at most {REASON_CHARS_MAX} characters"
                ),
            )),
        },
        _ => Err(FieldError::new("accepted", "must be true or false")),
    }
}

fn is_code(text: &str) -> bool {
    (1..=REASON_CHARS_MAX).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_decision_reads_and_its_faults_are_all_named() {
        let both = Energy::ALL;
        assert_eq!(
            read_decision(
                &json!({"energy": "gas", "accepted": true, "start_date": "2026-12-15"}),
                &both
            ),
            Ok((
                Energy::Gas,
                DistributorDecision::Accepted {
                    start_date: jiff::civil::date(2026, 12, 15)
                }
            ))
        );
        let refusal = json!({"accepted": false, "reason": "ean_unknown"});
        assert!(read_decision(&refusal, &[Energy::Electricity]).is_ok());
        let fields = |json: Value| -> Vec<String> {
            let errors = read_decision(&json, &both).unwrap_err();
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(fields(refusal), ["energy"]);
        assert_eq!(
            fields(json!({"accepted": true, "start_date": "15/12/2026", "x": 1})),
            ["energy", "start_date", "x"]
        );
        assert_eq!(
            fields(json!({"energy": "coal", "accepted": "yes"})),
            ["energy", "accepted"]
        );
        assert_eq!(
            fields(json!({"energy": "gas", "accepted": false, "reason": "Non Non"})),
            ["reason"]
        );
        assert_eq!(fields(json!([])), [""]);
    }
}
