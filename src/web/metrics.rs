//! `/metrics`: what the process counted, and how many rows of each state the store holds.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::WebState;
use super::problem::Problem;

/// The text format of Prometheus, version 0.0.4.
const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

pub async fn metrics(State(state): State<WebState>) -> Result<Response, Problem> {
    let mut text = state.metrics.render();
    text.push_str(&gauges(&state.store.counts().await?));
    Ok(([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response())
}

/// Written by hand and not through the recorder: a state that became empty must vanish, not keep its last number.
fn gauges(counts: &[(String, String, i64)]) -> String {
    let mut by_thing: BTreeMap<&str, Vec<(&str, i64)>> = BTreeMap::new();
    for (thing, state, number) in counts {
        by_thing.entry(thing).or_default().push((state, *number));
    }
    let mut text = String::new();
    for (thing, states) in by_thing {
        let _ = writeln!(text, "# HELP estafette_{thing} Rows of the store by state.");
        let _ = writeln!(text, "# TYPE estafette_{thing} gauge");
        for (state, number) in states {
            let _ = writeln!(text, "estafette_{thing}{{state=\"{state}\"}} {number}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_gauges_grouped_by_thing() {
        let counts = [
            ("letters", "sent", 3),
            ("registrations", "blocked", 2),
            ("letters", "queued", 1),
        ]
        .map(|(thing, state, number)| (thing.to_owned(), state.to_owned(), number));
        let text = gauges(&counts);
        assert_eq!(text.matches("# TYPE estafette_letters gauge").count(), 1);
        assert!(
            text.contains("estafette_letters{state=\"sent\"} 3\nestafette_letters{state=\"queued\"} 1\n")
        );
        assert!(text.contains("estafette_registrations{state=\"blocked\"} 2\n"));
    }
}
