//! Tells the open lists that something changed: server-sent events with the pulse of what waits, whenever it beats.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream;
use tokio::time::Instant;

use crate::store::{Store, StoreError};
use crate::web::WebState;
use crate::web::session::SignedIn;

/// The store is asked once in this time, however many lists are open.
const BEAT: Duration = Duration::from_secs(1);
/// A stream ends after this time, and the browser opens another: whoever was signed out meanwhile gets none.
const STREAM_MINUTES_MAX: u64 = 15;

/// What was last heard of the store.
#[derive(Default)]
pub struct Pulse {
    last: tokio::sync::Mutex<Option<(Instant, String)>>,
}

impl Pulse {
    /// Changes whenever what waits for agents does; at most [`BEAT`] old.
    async fn take(&self, store: &Store) -> Result<String, StoreError> {
        let mut last = self.last.lock().await;
        if let Some((at, pulse)) = last.as_ref()
            && at.elapsed() < BEAT
        {
            return Ok(pulse.clone());
        }
        let pulse = store.pulse().await?;
        *last = Some((Instant::now(), pulse.clone()));
        Ok(pulse)
    }
}

struct Listener {
    state: WebState,
    until: Instant,
    told: Option<String>,
}

pub async fn news(
    State(state): State<WebState>,
    SignedIn(_): SignedIn,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = Listener {
        state,
        until: Instant::now() + Duration::from_secs(STREAM_MINUTES_MAX * 60),
        told: None,
    };
    let beats = stream::unfold(listener, |mut listener| async move {
        loop {
            // A store that fails is told by nothing new: the browser waits on.
            let pulse = listener.state.pulse.take(&listener.state.store).await.ok();
            if pulse.is_some() && pulse != listener.told {
                let event = Event::default()
                    .event("pulse")
                    .data(pulse.as_deref().unwrap_or_default());
                listener.told = pulse;
                return Some((Ok(event), listener));
            }
            tokio::select! {
                () = listener.state.closing.cancelled() => return None,
                () = tokio::time::sleep(BEAT) => {}
            }
            if Instant::now() > listener.until {
                return None;
            }
        }
    });
    Sse::new(beats).keep_alive(KeepAlive::default())
}
