//! `estafette serve --config FILE`: the daemon.

use std::process::ExitCode;

use axum::Router;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::{block_on, report};
use crate::app::{App, Running};
use crate::config::Config;
use crate::telemetry;

pub fn run(config: Config) -> ExitCode {
    telemetry::start(&config.log);
    report(block_on(async {
        let shutdown = CancellationToken::new();
        stop_on_signals(shutdown.clone())?;
        let public_url = config.http.public_url.clone();
        App::new(config, shutdown)
            .run(async |running, _shift| welcome_first_agent(&running, &public_url).await)
            .await
    }))
}

/// SIGTERM and Ctrl-C finish what is under way; a second one ends the process at once.
pub(super) fn stop_on_signals(shutdown: CancellationToken) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        let mut next = async || tokio::select! { _ = terminate.recv() => {} _ = interrupt.recv() => {} };
        next().await;
        tracing::info!("stopping: what is under way is finished");
        shutdown.cancel();
        next().await;
        std::process::exit(1);
    });
    Ok(())
}

/// With no agent yet, the first one gets in by a link that works once. It is printed, not logged: logs are kept by others.
async fn welcome_first_agent(running: &Running, public_url: &str) -> anyhow::Result<Router> {
    if !running.store.any_agent().await? {
        let path = running.web.one_time_sign_in(FIRST_AGENT, "/desk/account");
        println!(
            "No agent can sign in yet. Open this link once to become `{FIRST_AGENT}` and set a password:"
        );
        println!("{public_url}{path}");
    }
    Ok(Router::new())
}

const FIRST_AGENT: &str = "admin";
