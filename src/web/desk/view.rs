//! Which of the cases an agent looks at: chosen by address, and remembered until he chooses otherwise.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::Deserialize;

use super::words;
use crate::decision::queue::Queue;
use crate::registration::Language;
use crate::store::View;

const COOKIE: &str = "estafette_view";
/// In an address: every queue, every language.
const ALL: &str = "all";

/// What an address asks for.
#[derive(Deserialize, Default)]
pub struct Chosen {
    queue: Option<String>,
    language: Option<String>,
}

impl Chosen {
    /// None when the address chooses nothing: then the view is as it was.
    pub(super) fn view(&self) -> Option<View> {
        (self.queue.is_some() || self.language.is_some()).then(|| View {
            queue: self.queue.as_deref().and_then(Queue::from_name),
            language: self.language.as_deref().and_then(Language::from_code),
        })
    }
}

/// The view that was last chosen in this browser.
pub struct Remembered(pub View);

impl<S: Sync> FromRequestParts<S> for Remembered {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Remembered, Infallible> {
        let jar = CookieJar::from_headers(&parts.headers);
        let (queue, language) = jar
            .get(COOKIE)
            .and_then(|cookie| cookie.value().split_once('.'))
            .unwrap_or_default();
        Ok(Remembered(View {
            queue: Queue::from_name(queue),
            language: Language::from_code(language),
        }))
    }
}

/// The cookie that remembers a view until the browser is closed.
pub(super) fn remember(view: View, secure: bool) -> Cookie<'static> {
    let (queue, language) = names(view);
    Cookie::build((COOKIE, format!("{queue}.{language}")))
        .path("/desk")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .build()
}

fn names(view: View) -> (&'static str, &'static str) {
    (
        view.queue.map_or(ALL, Queue::name),
        view.language.map_or(ALL, Language::code),
    )
}

/// The query of an address that shows `view`.
pub(super) fn query(view: View) -> String {
    let (queue, language) = names(view);
    format!("queue={queue}&language={language}")
}

/// A way to another view.
pub(super) struct Chip {
    pub label: &'static str,
    pub count: u64,
    pub query: String,
    pub is_current: bool,
}

/// The queues and languages that there is something in, and the ones that are looked at.
pub(super) fn chips(counts: &[(Queue, Option<Language>, u64)], view: View) -> (Vec<Chip>, Vec<Chip>) {
    let sum = |fits: &dyn Fn(Queue, Option<Language>) -> bool| -> u64 {
        let fitting = counts
            .iter()
            .filter(|(queue, language, _)| fits(*queue, *language));
        fitting.map(|(.., count)| count).sum()
    };
    let in_language = |language: Option<Language>| view.language.is_none() || view.language == language;
    let in_queue = |queue: Queue| view.queue.is_none_or(|wanted| wanted == queue);
    let queues = std::iter::once(None)
        .chain(Queue::ALL.map(Some))
        .map(|wanted| Chip {
            label: wanted.map_or("All", words::queue),
            count: sum(&|queue, language| {
                wanted.is_none_or(|wanted| wanted == queue) && in_language(language)
            }),
            query: query(View {
                queue: wanted,
                ..view
            }),
            is_current: view.queue == wanted,
        });
    let languages = std::iter::once(None)
        .chain(Language::ALL.map(Some))
        .map(|wanted| Chip {
            label: wanted.map_or("Every language", words::language),
            count: sum(&|queue, language| in_queue(queue) && (wanted.is_none() || wanted == language)),
            query: query(View {
                language: wanted,
                ..view
            }),
            is_current: view.language == wanted,
        });
    // The first leads back to everything.
    let is_of_use = |(place, chip): &(usize, Chip)| *place == 0 || chip.count > 0 || chip.is_current;
    let chip = |(_, chip): (usize, Chip)| chip;
    (
        queues.enumerate().filter(is_of_use).map(chip).collect(),
        languages.enumerate().filter(is_of_use).map(chip).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chips_count_what_their_view_would_show_and_leave_out_what_is_empty() {
        let counts = [
            (Queue::Answers, Some(Language::Nl), 2),
            (Queue::Answers, Some(Language::Fr), 3),
            (Queue::Unmatched, None, 4),
        ];
        let shown = |view| {
            let (queues, languages) = chips(&counts, view);
            let shown = |chips: Vec<Chip>| -> Vec<String> {
                let text = |chip: &Chip| {
                    format!(
                        "{} {}{}",
                        chip.label,
                        chip.count,
                        if chip.is_current { "*" } else { "" }
                    )
                };
                chips.iter().map(text).collect()
            };
            (shown(queues).join(", "), shown(languages).join(", "))
        };
        assert_eq!(
            shown(View::default()),
            (
                "All 9*, Uncertain answers 5, Unmatched 4".into(),
                "Every language 9*, French 3, Dutch 2".into()
            )
        );
        let dutch_questions = View {
            queue: Some(Queue::Questions),
            language: Some(Language::Nl),
        };
        assert_eq!(
            shown(dutch_questions),
            (
                "All 2, Uncertain answers 2, Questions 0*".into(),
                "Every language 0, Dutch 0*".into()
            )
        );
    }
}
