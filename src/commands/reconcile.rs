//! `estafette reconcile --config FILE`: compares the mailbox with the store, by UID, and says what is in the one and not in
//! the other.

use std::process::ExitCode;

use super::block_on;
use crate::config::Config;
use crate::{app, mailbox};

/// This many UIDs are named; of more, the number.
const NAMED_UIDS_MAX: usize = 50;

pub fn run(config: Config) -> ExitCode {
    match block_on(compare(&config)) {
        Ok(Comparison {
            in_mailbox,
            missing,
            mailbox,
        }) if missing.is_empty() => {
            println!("{mailbox}: all {in_mailbox} messages are in the store");
            ExitCode::SUCCESS
        }
        Ok(Comparison {
            in_mailbox,
            missing,
            mailbox,
        }) => {
            println!(
                "{mailbox}: {} of {in_mailbox} messages are not in the store",
                missing.len()
            );
            for uid in missing.iter().take(NAMED_UIDS_MAX) {
                println!("  UID {uid}");
            }
            if missing.len() > NAMED_UIDS_MAX {
                println!("  and {} more", missing.len() - NAMED_UIDS_MAX);
            }
            println!(
                "A running daemon fetches what is new within its poll; what stays here is named in its log."
            );
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("estafette: {error:#}");
            ExitCode::FAILURE
        }
    }
}

struct Comparison {
    mailbox: String,
    in_mailbox: usize,
    /// In the mailbox, not in the store; oldest first.
    missing: Vec<String>,
}

async fn compare(config: &Config) -> anyhow::Result<Comparison> {
    let (store, _) = app::open_store(config).await?;
    let inventory = mailbox::inventory(&config.mail).await?;
    // Asked after the mailbox, so that a message kept meanwhile is not called missing.
    let kept = store
        .kept_uids(&inventory.mailbox, inventory.uid_validity)
        .await?;
    let in_mailbox = inventory.uids.len();
    let missing = inventory
        .uids
        .into_iter()
        .filter(|uid| !kept.contains(uid))
        .collect();
    Ok(Comparison {
        mailbox: inventory.mailbox,
        in_mailbox,
        missing,
    })
}
