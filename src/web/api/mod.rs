//! The JSON API under `/api/v1` and its description (OpenAPI 3.1) at `/api/openapi.json`.

mod auth;
mod body;
mod messages;
mod paging;
mod registrations;
mod submission;
mod view;

use axum::http::header;
use axum::response::IntoResponse;
use axum::{Router, middleware, routing::get};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::WebState;
use super::problem::{FieldError, Problem};

pub use view::{MessageView, RegistrationView};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Estafette",
        description = "Registrations, their correspondence and the distributor's decisions.",
    ),
    modifiers(&BearerToken),
    components(schemas(Problem, FieldError)),
    security(("bearer" = [])),
    tags(
        (name = "registrations", description = "Customers' requests to be supplied"),
        (name = "messages", description = "Incoming e-mail and what became of it"),
    )
)]
struct Description;

struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("One of the tokens of `[api] tokens`"))
            .build();
        description
            .components
            .get_or_insert_default()
            .add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The API. Its own paths ask for a token before anything else.
pub fn router(state: &WebState) -> Router<WebState> {
    let (paths, description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(submission::submit, registrations::list))
        .routes(routes!(registrations::show))
        .routes(routes!(registrations::record_decision))
        .routes(routes!(messages::list))
        .split_for_parts();
    let description = description
        .to_json()
        .expect("a description made of texts is always JSON");
    let describe =
        move || async move { ([(header::CONTENT_TYPE, "application/json")], description).into_response() };
    paths
        .layer(middleware::from_fn_with_state(state.clone(), auth::require_token))
        .route("/api/openapi.json", get(describe))
}
