//! `[log]`: what is written to standard error.

use super::reader::Section;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// A line a person reads.
    Text,
    /// A JSON object a line.
    Json,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    pub format: LogFormat,
    /// A filter of tracing-subscriber, such as `info` or `info,estafette::mailbox=debug`.
    pub filter: String,
}

pub(super) fn read(mut section: Section<'_>) -> LogSettings {
    let format = match section.text("format").as_deref() {
        None | Some("text") => LogFormat::Text,
        Some("json") => LogFormat::Json,
        Some(other) => {
            section.fault(
                "format",
                format!("`{other}` is no format"),
                "Write \"text\" or \"json\"",
            );
            LogFormat::Text
        }
    };
    let filter = section.text("filter").unwrap_or_else(|| "info".into());
    if tracing_subscriber::EnvFilter::try_new(&filter).is_err() {
        section.fault(
            "filter",
            format!("`{filter}` is no filter"),
            "Write \"info\" or \"info,estafette::mailbox=debug\"",
        );
    }
    section.finish();
    LogSettings { format, filter }
}
