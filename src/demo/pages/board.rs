//! All registrations at a glance. What has not changed since the last look is not read again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::digest::{Counted, Digest, News};
use crate::store::{Store, StoreError};

/// Registrations shown: the samples, and what else somebody may have handed in.
const SHOWN_MAX: u32 = 200;
/// Lines of news.
const NEWS_MAX: usize = 16;

/// Remembers the digests by reference.
#[derive(Default)]
pub struct Board {
    digests: Mutex<HashMap<String, Arc<Digest>>>,
}

/// The board at one moment.
pub struct View {
    /// Newest first.
    pub rows: Vec<Arc<Digest>>,
    pub counted: Counted,
    /// Newest first.
    pub news: Vec<News>,
}

impl Board {
    pub async fn look(&self, store: &Store) -> Result<View, StoreError> {
        let page = store.registrations(None, SHOWN_MAX).await?;
        let mut rows = Vec::with_capacity(page.items.len());
        for row in page.items {
            let known = self.known(row.registration.reference.as_str(), row.version);
            let digest = match known {
                Some(digest) => digest,
                None => {
                    let history = store.history(&row.registration.reference).await?;
                    Arc::new(Digest::new(&row, &history))
                }
            };
            rows.push(digest);
        }
        rows.sort_by(|a, b| (b.submitted_at, &b.reference).cmp(&(a.submitted_at, &a.reference)));
        let fresh = rows
            .iter()
            .map(|digest| (digest.reference.clone(), digest.clone()))
            .collect();
        *self
            .digests
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner()) = fresh;
        Ok(View {
            counted: total(&rows),
            news: newest(&rows),
            rows,
        })
    }

    fn known(&self, reference: &str, version: i64) -> Option<Arc<Digest>> {
        let digests = self
            .digests
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        digests
            .get(reference)
            .filter(|digest| digest.version == version)
            .cloned()
    }
}

fn total(rows: &[Arc<Digest>]) -> Counted {
    rows.iter().fold(Counted::default(), |sum, row| {
        let of = row.counted;
        Counted {
            straight: sum.straight + of.straight,
            blocked: sum.blocked + of.blocked,
            settled_alone: sum.settled_alone + of.settled_alone,
            awaits_agent: sum.awaits_agent + of.awaits_agent,
            contract: sum.contract + of.contract,
        }
    })
}

fn newest(rows: &[Arc<Digest>]) -> Vec<News> {
    let mut news: Vec<News> = rows
        .iter()
        .flat_map(|row| row.news.iter().rev().take(NEWS_MAX))
        .cloned()
        .collect();
    news.sort_by_key(|line| std::cmp::Reverse(line.at));
    news.truncate(NEWS_MAX);
    news
}
