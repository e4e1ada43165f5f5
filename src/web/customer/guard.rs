//! Who may come in how often, and that a form was sent from our own page.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};

use crate::registration::{Language, Reference};
use crate::web::session;

/// The window that looks and acts are counted in.
const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// Pages shown for one registration within the window.
const LOOKS_MAX: u32 = 120;
/// Forms taken for one registration within the window.
const ACTS_MAX: u32 = 20;
/// Registrations counted at once; beyond it, new ones wait for the window's end.
const COUNTED_MAX: usize = 50_000;

/// Counts in memory, per registration: a restart forgets, which harms nobody.
#[derive(Default)]
pub struct Guard {
    counts: Mutex<HashMap<Reference, Count>>,
}

struct Count {
    since: Timestamp,
    looks: u32,
    acts: u32,
}

impl Guard {
    pub fn may_look(&self, reference: &Reference, at: Timestamp) -> bool {
        self.count(reference, at, |count| {
            count.looks += 1;
            count.looks <= LOOKS_MAX
        })
    }

    pub fn may_act(&self, reference: &Reference, at: Timestamp) -> bool {
        self.count(reference, at, |count| {
            count.acts += 1;
            count.acts <= ACTS_MAX
        })
    }

    fn count(&self, reference: &Reference, at: Timestamp, take: impl FnOnce(&mut Count) -> bool) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= COUNTED_MAX && !counts.contains_key(reference) {
            counts.retain(|_, count| at.duration_since(count.since) < WINDOW);
            if counts.len() >= COUNTED_MAX {
                return false;
            }
        }
        let fresh = || Count {
            since: at,
            looks: 0,
            acts: 0,
        };
        let count = counts.entry(reference.clone()).or_insert_with(fresh);
        if at.duration_since(count.since) >= WINDOW {
            *count = fresh();
        }
        take(count)
    }
}

/// Refuses a form that another site sent.
pub async fn own_forms_only(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || session::is_same_origin(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

/// The first of our languages that the browser asks for; French without any.
pub fn language_of(headers: &HeaderMap) -> Language {
    let asked = headers.get(header::ACCEPT_LANGUAGE);
    let asked = asked.and_then(|value| value.to_str().ok()).unwrap_or_default();
    asked
        .split(',')
        .filter_map(|tag| Language::from_code(tag.trim().get(..2)?))
        .next()
        .unwrap_or(Language::Fr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_run_out_before_looks_and_come_back_with_the_window() {
        let guard = Guard::default();
        let reference: Reference = "REG-7K3M9Q2X".parse().unwrap();
        let start: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let acts = (0..100).filter(|_| guard.may_act(&reference, start)).count();
        assert_eq!(acts, ACTS_MAX as usize);
        assert!(guard.may_look(&reference, start));
        let other: Reference = "REG-7K3M9Q2Y".parse().unwrap();
        assert!(guard.may_act(&other, start));
        assert!(guard.may_act(&reference, start + WINDOW));
    }
}
