//! `estafette demo`: everything embedded in one folder, with sample customers; no set-up.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use tokio_util::sync::CancellationToken;

use super::serve::stop_on_signals;
use super::{block_on, report};
use crate::app::App;
use crate::config::Config;
use crate::contract::Terms;
use crate::demo::{self, CARE_MAILDIR, CUSTOMERS_MAILDIR, Pace, pages};
use crate::letters::Brand;
use crate::telemetry;

/// The store's file in the demo's folder.
const STORE_FILE: &str = "estafette.db";

pub fn run(listen: SocketAddr, dir: &Path, pace: u32) -> ExitCode {
    report(start(listen, dir, Pace(pace)))
}

fn start(listen: SocketAddr, dir: &Path, pace: Pace) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir).with_context(|| {
        format!(
            "the folder {} cannot be made: choose another with --dir",
            dir.display()
        )
    })?;
    let _lock = lock(dir)?;
    check_free(listen)?;
    let config = config(listen, dir)?;
    telemetry::start(&config.log);
    let mail = config.mail.clone();
    block_on(async {
        let shutdown = CancellationToken::new();
        stop_on_signals(shutdown.clone())?;
        App::new(config, shutdown)
            .with_home(pages::LIVE_PATH)
            .run(async |running, shift| {
                let desk = running.web.one_time_sign_in(pages::AGENT, "/desk");
                let pages = demo::start(running, shift, &mail, dir, pace).await?;
                welcome(listen, dir, &desk);
                Ok(pages)
            })
            .await?;
        println!("Stopped. Start it again to go on where it was.");
        Ok(())
    })
}

/// Two demos in one folder would answer every letter twice. Free again when the process ends, however it ends.
fn lock(dir: &Path) -> anyhow::Result<File> {
    let path = dir.join("lock");
    let file = File::create(&path).with_context(|| {
        format!(
            "cannot write to {}: choose another folder with --dir",
            dir.display()
        )
    })?;
    if file.try_lock().is_err() {
        bail!(
            "another demo runs in {}: stop it, or choose another folder with --dir",
            dir.display()
        );
    }
    Ok(file)
}

/// Says early, and with the remedy, that the address is not to be had.
fn check_free(listen: SocketAddr) -> anyhow::Result<()> {
    let remedy = SocketAddr::new(listen.ip(), listen.port().checked_add(1).unwrap_or(8026));
    TcpListener::bind(listen).map(drop).with_context(|| {
        format!("cannot listen on {listen}: choose another address, such as --listen {remedy}")
    })
}

/// The configuration of `serve` on a folder of its own.
fn config(listen: SocketAddr, dir: &Path) -> anyhow::Result<Config> {
    let text = format!(
        "[store]\nurl = \"sqlite:{STORE_FILE}\"\n\
         [mail]\nfrom = \"Voltaris Service Client <care@voltaris.example>\"\n\
         incoming = \"maildir:{CARE_MAILDIR}\"\noutgoing = \"maildir:{CUSTOMERS_MAILDIR}\"\npoll_seconds = 1\n\
         [http]\nlisten = \"{listen}\"\ncustomer_url = \"http://{listen}\"\n\
         [log]\nfilter = \"warn\"\n"
    );
    let mut config = Config::parse(&text, dir, &[]).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow!("the demo's own configuration is wrong: {}", faults.join("; "))
    })?;
    config.brand = Brand::sample();
    config.contract = Some(Terms::sample());
    Ok(config)
}

fn welcome(listen: SocketAddr, dir: &Path, desk: &str) {
    println!();
    println!("  Estafette demo: sample customers register, get letters and answer by themselves.");
    println!();
    println!("    Watch it live       http://{listen}{}", pages::LIVE_PATH);
    println!("    Be a customer       http://{listen}/demo/customers");
    println!("    Be the agent        http://{listen}{desk}");
    println!();
    println!(
        "  Everything is in {}: the store, and the mails as files in {CUSTOMERS_MAILDIR}/ and {CARE_MAILDIR}/.",
        dir.display()
    );
    println!("  Ctrl-C stops it; started again, it goes on where it was.");
    println!();
}
