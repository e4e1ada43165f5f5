//! `estafette agent NAME --config FILE`: lets an agent sign in at the desk, or changes a password.

use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;

use super::{EXIT_BAD_INPUT, block_on, report};
use crate::app;
use crate::config::Config;
use crate::store::Agent;
use crate::web::session::{NAME_CHARS_MAX, PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, hash_password};

pub fn run(config: Config, name: &str) -> ExitCode {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
        eprintln!("estafette: the name has 1 to {NAME_CHARS_MAX} characters");
        return ExitCode::from(EXIT_BAD_INPUT);
    }
    if std::io::stdin().is_terminal() {
        eprintln!(
            "Password for {name} ({PASSWORD_CHARS_MIN} characters or more; it shows as you type), then Enter:"
        );
    }
    let mut password = String::new();
    if let Err(error) = std::io::stdin().lock().read_line(&mut password) {
        eprintln!("estafette: the password could not be read from standard input: {error}");
        return ExitCode::from(EXIT_BAD_INPUT);
    }
    let password = password.trim_end_matches(['\r', '\n']);
    if password.chars().count() < PASSWORD_CHARS_MIN || password.len() > PASSWORD_BYTES_MAX {
        eprintln!("estafette: give the password on standard input, {PASSWORD_CHARS_MIN} characters or more");
        return ExitCode::from(EXIT_BAD_INPUT);
    }
    report(block_on(keep(config, name, password)))
}

async fn keep(config: Config, name: &str, password: &str) -> anyhow::Result<()> {
    let hash = hash_password(password)
        .map_err(|error| anyhow::anyhow!("the password could not be hashed: {error}"))?;
    let (store, _) = app::open_store(&config).await?;
    store
        .put_agent(Agent {
            name: name.to_owned(),
            password_hash: Some(hash),
        })
        .await?;
    println!("{name} can sign in at {}/desk", config.http.public_url);
    Ok(())
}
