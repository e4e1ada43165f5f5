//! `[store]`: where everything is kept.

use secrecy::SecretString;

use super::reader::Section;

#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// `sqlite:FILE` or `postgres://user:password@host/database`.
    pub url: SecretString,
}

pub(super) fn read(mut section: Section<'_>) -> Option<StoreSettings> {
    let url = section
        .secret_text("url", "url_file")
        .unwrap_or_else(|| "sqlite:estafette.db".into());
    let known = ["sqlite:", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    if !known {
        let remedy = "Write \"sqlite:estafette.db\" or \"postgres://user:password@host/database\"";
        section.fault("url", "is the URL of no store we know", remedy);
    }
    let url = match url.strip_prefix("sqlite:") {
        Some(file) if !file.starts_with(':') => {
            format!(
                "sqlite:{}",
                section.resolve(file.trim_start_matches("//")).display()
            )
        }
        _ => url,
    };
    section.finish();
    known.then(|| StoreSettings { url: url.into() })
}
