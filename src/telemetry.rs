//! Logs, to standard error: each line reads alone, carries fields, and holds no personal data.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

/// Crates that would log passwords or bodies at their finer levels.
const CAPPED: &str =
    "async_imap=info,imap_proto=info,lettre=info,sqlx=warn,hyper=info,rustls=info,html5ever=error";

/// Starts logging. A second call changes nothing.
pub fn start(settings: &LogSettings) {
    let filter = EnvFilter::try_new(format!("{},{CAPPED}", settings.filter))
        .unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // Fails only when logging runs already.
    let _ = match settings.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
}
