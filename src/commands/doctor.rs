//! `estafette doctor --config FILE`: tries every part, and says what is wrong and how to mend it.

use std::process::ExitCode;

use secrecy::ExposeSecret;

use super::block_on;
use crate::attachments::Tools;
use crate::config::Config;
use crate::diagnosis::Fault;
use crate::dispatch::Dispatcher;
use crate::letters::{SigningKey, TokenKeeper, Writer, samples};
use crate::registration::{Language, LetterKind};
use crate::{app, clock, mailbox};

pub fn run(config: Config) -> ExitCode {
    let checks = block_on(examine(&config));
    let mut sound = true;
    for check in &checks {
        let (word, fault) = match (&check.outcome, check.without_it) {
            (Ok(detail), _) => {
                println!("ok      {:<8} {detail}", check.part);
                continue;
            }
            (Err(fault), WithoutIt::Fails) => {
                sound = false;
                ("FAULT", fault)
            }
            (Err(fault), WithoutIt::Lacks) => ("lacks", fault),
        };
        println!("{word:<7} {:<8} {}", check.part, fault.what);
        println!("        {:<8} -> {}", "", fault.remedy);
    }
    if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

struct Check {
    part: &'static str,
    outcome: Result<String, Fault>,
    without_it: WithoutIt,
}

/// What the daemon does when a part is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WithoutIt {
    /// It does not do its work.
    Fails,
    /// It works, and agents have more to do.
    Lacks,
}

async fn examine(config: &Config) -> Vec<Check> {
    let needed = |part, outcome| Check {
        part,
        outcome,
        without_it: WithoutIt::Fails,
    };
    vec![
        needed("store", store(config).await),
        needed("mailbox", incoming(config).await),
        needed("smtp", outgoing(config).await),
        needed("letters", letters(config)),
        needed("api", api(config)),
        Check {
            part: "files",
            outcome: Tools::of_this_program().check().await,
            without_it: WithoutIt::Lacks,
        },
    ]
}

async fn store(config: &Config) -> Result<String, Fault> {
    match app::open_store(config).await {
        Ok(_) => Ok(format!(
            "{} opens, its tables are up to date",
            without_password(config.store.url.expose_secret())
        )),
        Err(error) => Err(Fault {
            what: error.to_string(),
            remedy: "Check [store] url, that the database runs, and that we may create tables in it".into(),
        }),
    }
}

async fn incoming(config: &Config) -> Result<String, Fault> {
    mailbox::check(&config.mail)
        .await
        .map(|report| report.seen.join("; "))
}

async fn outgoing(config: &Config) -> Result<String, Fault> {
    let dispatcher = Dispatcher::new(&config.mail)?;
    let report = dispatcher.check().await?;
    dispatcher.close().await;
    Ok(report.seen.join("; "))
}

/// Writes every kind of letter in every language to nobody.
fn letters(config: &Config) -> Result<String, Fault> {
    let writer = Writer {
        brand: config.brand.clone(),
        from_name: config.mail.from_name.clone(),
        from_address: config.mail.from_address.clone(),
        tokens: TokenKeeper::new(SigningKey::new(&[0; 32])),
        terms: config.contract.clone(),
        pages: config.http.customer_url.clone(),
    };
    let failed = |detail: String| Fault {
        what: detail,
        remedy: "Check [brand] and [mail] from".into(),
    };
    let mut written = 0;
    for language in Language::ALL {
        for kind in LetterKind::ALL {
            let registration = samples::registration_for(kind, language);
            samples::letter(&writer, kind, &registration, clock::now())
                .map_err(|fault| failed(format!("{} in {language}: {fault}", kind.name())))?;
            written += 1;
        }
    }
    let missing: Vec<&str> = [
        ("address", &config.brand.address),
        ("enterprise_number", &config.brand.enterprise_number),
        ("phone", &config.brand.phone),
    ]
    .iter()
    .filter(|(_, value)| value.is_empty())
    .map(|(key, _)| *key)
    .collect();
    if missing.is_empty() {
        Ok(format!("{written} letters written, one a kind and language"))
    } else {
        let what = format!(
            "[brand] has no {}: a contract confirmation must show them",
            missing.join(", ")
        );
        Err(Fault {
            what,
            remedy: "Fill them in".into(),
        })
    }
}

fn api(config: &Config) -> Result<String, Fault> {
    match config.api.tokens.len() {
        0 => Ok("no tokens: the API answers 401 to everybody".into()),
        tokens => Ok(format!("{tokens} bearer token(s)")),
    }
}

/// The URL as it may be shown.
fn without_password(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            // Fails only for URLs that cannot have a password, and this one has.
            let _ = parsed.set_password(Some("..."));
            parsed.to_string()
        }
        _ => url.to_owned(),
    }
}
