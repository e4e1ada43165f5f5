//! The real router on a loopback port, over a real store.

use std::sync::{Arc, Mutex};

use estafette::attachments::{Limits, Tools, read_attachments};
use estafette::letters::{Brand, SigningKey, TokenKeeper};
use estafette::reading::{AttachmentText, Message};
use estafette::store::Store;
use estafette::web::customer::CustomerSettings;
use estafette::web::health::{Part, PartStatus, Readiness};
use estafette::web::{self, ReadAttachments, WebSettings, WebState};
use futures_util::future::BoxFuture;
use metrics_exporter_prometheus::PrometheusBuilder;
use secrecy::SecretString;
use serde_json::Value;
use tokio::runtime::Runtime;
use tokio::sync::Notify;
use ureq::http::{HeaderMap, StatusCode};

use super::store::Place;

pub const TOKEN: &str = "token-of-the-sign-up-site";

pub struct Web {
    pub url: String,
    pub store: Store,
    pub state: WebState,
    /// Signs the links to the customer's pages, as the letters' own.
    pub tokens: TokenKeeper,
    pub parts: Arc<Parts>,
    runtime: Runtime,
    agent: ureq::Agent,
    _place: Place,
}

/// What the workers would say of their parts.
#[derive(Default)]
pub struct Parts(pub Mutex<Vec<Part>>);

impl Readiness for Parts {
    fn parts(&self) -> Vec<Part> {
        self.0.lock().unwrap().clone()
    }
}

impl Parts {
    pub fn set(&self, name: &'static str, status: PartStatus) {
        let mut parts = self.0.lock().unwrap();
        parts.retain(|part| part.name != name);
        parts.push(Part { name, status });
    }
}

/// Reads attachments as the daemon does.
struct Files;

impl ReadAttachments for Files {
    fn read<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Vec<AttachmentText>> {
        Box::pin(async move {
            let tools = Tools::new(env!("CARGO_BIN_EXE_estafette").into());
            read_attachments(message, &tools, &Limits::default()).await
        })
    }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The bad fields of a problem.
    pub fn bad_fields(&self) -> Vec<String> {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.body
        );
        let json = self.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|error| error["field"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Web {
    pub fn start() -> Web {
        Web::start_with(WebSettings {
            api_tokens: vec![SecretString::from("another-token"), SecretString::from(TOKEN)],
            secure_cookies: false,
            body_bytes_max: 16 * 1024,
            bulk_bytes_max: 64 * 1024,
            ..WebSettings::default()
        })
    }

    pub fn start_with(settings: WebSettings) -> Web {
        let runtime = Runtime::new().expect("a runtime");
        let place = Place::sqlite();
        let store = runtime.block_on(place.open());
        let parts = Arc::new(Parts::default());
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let wake = Arc::new(Notify::new());
        let signing = runtime
            .block_on(store.secret("signing", [0; 32]))
            .expect("a secret");
        let tokens = TokenKeeper::new(SigningKey::new(&signing));
        let customer = CustomerSettings {
            tokens: tokens.clone(),
            brand: Brand::sample(),
            from_address: "care@example.test".into(),
        };
        let state = WebState::new(store.clone(), settings, parts.clone(), wake, metrics)
            .with_customer_pages(customer)
            .with_attachments(Arc::new(Files));
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .expect("a loopback port");
        let url = format!("http://{}", listener.local_addr().expect("a bound port"));
        let router = web::router(state.clone());
        runtime.spawn(async move { axum::serve(listener, router).await });
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build()
            .into();
        Web {
            url,
            store,
            state,
            tokens,
            parts,
            runtime,
            agent,
            _place: place,
        }
    }

    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.call())
    }

    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.send(body))
    }
}

fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = response.expect("the server answers");
    let body = response.body_mut().read_to_vec().expect("a body");
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}
