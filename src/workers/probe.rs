//! Asks now and then whether letters could go out, so that `/readyz` can say so before one has to.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::clock;
use crate::dispatch::Dispatcher;

/// Between two looks while all is well, and while it is not.
const READY_SECONDS: u64 = 60;
const FAILING_SECONDS: u64 = 5;

/// What the way out was like when it was last asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Smtp {
    /// Not asked yet.
    Starting {
        since: Timestamp,
    },
    Ready,
    Failing {
        since: Timestamp,
        detail: String,
    },
}

/// Asks until shutdown.
pub async fn probe(dispatcher: Arc<Dispatcher>, status: watch::Sender<Smtp>, shutdown: CancellationToken) {
    while !shutdown.is_cancelled() {
        let seconds = match dispatcher.check().await {
            Ok(_) => {
                status.send_replace(Smtp::Ready);
                READY_SECONDS
            }
            Err(fault) => {
                let since = match &*status.borrow() {
                    Smtp::Failing { since, .. } => *since,
                    Smtp::Starting { .. } | Smtp::Ready => clock::now(),
                };
                tracing::warn!(what = fault.what, "letters cannot go out now; they wait");
                status.send_replace(Smtp::Failing {
                    since,
                    detail: fault.to_string(),
                });
                FAILING_SECONDS
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
        }
    }
}
