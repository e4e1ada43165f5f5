//! The configuration: a file a section; unknown keys are refused; every fault is reported at once, with key and remedy.
//!
//! `config/estafette.toml` documents every key. Each can be set by the environment, `ESTAFETTE__SECTION__KEY`; secrets
//! also from files.

mod api;
mod brand;
mod contract;
mod http;
mod letters;
mod log;
mod mail;
mod reader;
mod reminders;
mod store;
mod verification;

use std::path::Path;

pub use api::ApiSettings;
pub use http::HttpSettings;
pub use letters::LetterSettings;
pub use log::{LogFormat, LogSettings};
pub use mail::{
    AfterProcessing, ImapAccount, Incoming, MailSettings, Outgoing, SmtpServer, Tls, parse_mailbox,
};
pub use reader::{ENVIRONMENT_PREFIX, Fault};
pub use store::StoreSettings;

use reader::Reader;

/// Every setting, parsed.
#[derive(Debug, Clone)]
pub struct Config {
    pub store: StoreSettings,
    pub mail: MailSettings,
    pub http: HttpSettings,
    pub api: ApiSettings,
    pub brand: crate::letters::Brand,
    /// What is sold; none without the section: then no contract is attached.
    pub contract: Option<crate::contract::Terms>,
    pub letters: LetterSettings,
    pub verification: crate::verification::Settings,
    pub log: LogSettings,
}

const SECTIONS: [&str; 10] = [
    "store",
    "mail",
    "http",
    "api",
    "brand",
    "contract",
    "letters",
    "reminders",
    "verification",
    "log",
];

impl Config {
    /// Reads a file, with the environment over it.
    ///
    /// # Errors
    /// Every fault there is, not only the first.
    pub fn load(file: &Path, environment: &[(String, String)]) -> Result<Config, Vec<Fault>> {
        let text = std::fs::read_to_string(file).map_err(|error| {
            vec![Fault {
                key: file.display().to_string(),
                what: format!("cannot be read: {error}"),
                remedy: "Give the path of the configuration with --config".into(),
            }]
        })?;
        Config::parse(&text, file.parent().unwrap_or(Path::new(".")), environment)
    }

    /// Reads the text of a configuration; relative paths in it are relative to `folder`.
    ///
    /// # Errors
    /// Every fault there is.
    pub fn parse(text: &str, folder: &Path, environment: &[(String, String)]) -> Result<Config, Vec<Fault>> {
        let mut reader = Reader::new(text, folder, environment);
        let store = store::read(reader.section("store"));
        let mail = mail::read(reader.section("mail"));
        let http = http::read(reader.section("http"));
        let api = api::read(reader.section("api"));
        let mut letters = letters::read(reader.section("letters"));
        letters.policy.patience = reminders::read(reader.section("reminders"));
        let brand = brand::read(reader.section("brand"), letters.answer_days);
        let contract = contract::read(reader.section("contract"));
        let verification = verification::read(reader.section("verification"));
        let log = log::read(reader.section("log"));
        let faults = reader.finish(&SECTIONS);
        match (store, mail, http) {
            (Some(store), Some(mail), Some(http)) if faults.is_empty() => Ok(Config {
                store,
                mail,
                http,
                api,
                brand,
                contract,
                letters,
                verification,
                log,
            }),
            _ => Err(faults),
        }
    }
}

#[cfg(test)]
mod tests;
