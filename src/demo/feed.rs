//! The sample site: hands the registrations in, spread over the first minute.

use std::sync::Arc;
use std::time::Duration;

use super::Stage;
use super::cast::Member;
use crate::clock;
use crate::registration::Actor;
use crate::store::Submission;

/// All registrations have come in after this long.
const SPREAD: Duration = Duration::from_secs(60);

/// Hands every registration in that is not there yet, one after the other.
pub async fn turn(stage: Arc<Stage>) -> anyhow::Result<()> {
    let members = stage.cast.samples();
    let pause = stage.pace.of(SPREAD) / u32::try_from(members.len().max(1)).unwrap_or(u32::MAX);
    for member in members {
        if stage.shift.shutdown.is_cancelled() {
            return Ok(());
        }
        // What is there already takes no time.
        if stage.store.registration(&member.reference).await?.is_some() {
            continue;
        }
        submit(&stage, member).await?;
        stage.bells.ring();
        stage.wait(pause).await;
    }
    // All are there: nothing more to do until the next start.
    stage.shift.shutdown.cancelled().await;
    Ok(())
}

/// Hands one registration in; a second time changes nothing.
pub async fn submit(stage: &Stage, member: &Member) -> anyhow::Result<Submission> {
    let submission = stage
        .store
        .submit(
            member.document().clone(),
            member.reference.clone(),
            Actor::ApiClient("sample site".into()),
            Some(member.idempotency()?),
            clock::now(),
        )
        .await?;
    Ok(submission)
}
