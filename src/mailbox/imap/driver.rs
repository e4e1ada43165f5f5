//! Commands and their answers: each read has a deadline, each command ends at its own tag, and a refusal is an error.

use std::time::Duration;

use async_imap::Session;
use async_imap::imap_proto::{MailboxDatum, RequestId, Response, ResponseCode, Status};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::ImapError;
use super::connect::Wire;

/// For one response of ordinary size.
pub const READ_SECONDS_MAX: u64 = 60;
/// From DONE to the end of IDLE: a server that does not answer this is gone.
const IDLE_END_SECONDS_MAX: u64 = 15;
const LOGOUT_SECONDS_MAX: u64 = 3;
const LOGOUT: &str = "LOGOUT";

/// Responses that one command may bring, so that a mad server cannot hold us for ever.
const RESPONSES_MAX: usize = 1_000_000;

/// How a wait for news ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idled {
    /// The server says that something changed.
    News,
    /// Time to look anyway.
    TimeOut,
    Shutdown,
}

/// What the server said at the end of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    pub read_only: bool,
}

pub struct Driver {
    session: Session<Wire>,
    /// An EXISTS came that nobody has looked at: it may come with any command.
    news: bool,
}

impl Driver {
    pub fn new(session: Session<Wire>) -> Driver {
        Driver { session, news: false }
    }

    /// Whether something new was announced since the last call.
    pub fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    /// Runs a command and hands every untagged response to `on`. `name` stands for it in errors: arguments may be private.
    /// On an error that is not [`ImapError::Refused`], and when dropped half-way, the session is out of step.
    pub async fn run(
        &mut self,
        name: &'static str,
        command: &str,
        read_limit: Duration,
        mut on: impl FnMut(&Response<'_>),
    ) -> Result<Completed, ImapError> {
        let sent = timeout(read_limit, self.session.run_command(command)).await;
        let tag = sent
            .map_err(|_| lost(name, "the server does not take the command"))?
            .map_err(|_| lost(name, "the command could not be written"))?;
        for _ in 0..RESPONSES_MAX {
            let end = self
                .read(name, read_limit, |response| {
                    let end = end_of(response, &tag);
                    if end.is_none() {
                        on(response);
                    }
                    end
                })
                .await?;
            match end {
                None => {}
                Some(End::Ok(completed)) => return Ok(completed),
                Some(End::Refused(text)) => return Err(ImapError::Refused { command: name, text }),
            }
        }
        Err(lost(name, "the answer has no end"))
    }

    /// The next response, seen by `look`.
    async fn read<T>(
        &mut self,
        name: &'static str,
        limit: Duration,
        look: impl FnOnce(&Response<'_>) -> T,
    ) -> Result<T, ImapError> {
        let read = timeout(limit, self.session.read_response()).await;
        let response = read
            .map_err(|_| lost(name, "no answer in time"))?
            // The crate's error quotes what it could not parse, and that may be mail.
            .map_err(|error| lost(name, &format!("unreadable answer ({:?})", error.kind())))?
            .ok_or_else(|| lost(name, "closed by the server"))?;
        match response.parsed() {
            Response::Data {
                status: Status::Bye,
                outcome,
            } if name != LOGOUT => {
                let words = outcome.information.as_deref().unwrap_or("no reason given");
                return Err(lost(name, &format!("the server says good-bye: {words}")));
            }
            Response::MailboxData(MailboxDatum::Exists(_)) => self.news = true,
            _ => {}
        }
        Ok(look(response.parsed()))
    }

    /// Waits for news by IDLE (RFC 2177), at most `limit`.
    pub async fn idle(&mut self, limit: Duration, shutdown: &CancellationToken) -> Result<Idled, ImapError> {
        const NAME: &str = "IDLE";
        let read_limit = Duration::from_secs(READ_SECONDS_MAX);
        let tag = self
            .session
            .run_command(NAME)
            .await
            .map_err(|_| lost(NAME, "the command could not be written"))?;
        loop {
            let (begun, end) = self
                .read(NAME, read_limit, |response| {
                    (matches!(response, Response::Continue(_)), end_of(response, &tag))
                })
                .await?;
            match end {
                _ if begun => break,
                None => {}
                Some(End::Refused(text)) => return Err(ImapError::Refused { command: NAME, text }),
                Some(End::Ok(_)) => return Err(lost(NAME, "ended before it began")),
            }
        }
        let end = tokio::time::Instant::now() + limit;
        // An EXISTS that came with the command is news already.
        let idled = if self.news {
            Idled::News
        } else {
            self.wait_idling(end, shutdown).await?
        };
        let ending = async {
            let written = self.session.run_command_untagged("DONE").await;
            written.map_err(|_| lost(NAME, "DONE could not be written"))?;
            while self
                .read(NAME, read_limit, |response| end_of(response, &tag))
                .await?
                .is_none()
            {}
            Ok(idled)
        };
        timeout(Duration::from_secs(IDLE_END_SECONDS_MAX), ending)
            .await
            .unwrap_or_else(|_| Err(lost(NAME, "no answer to DONE")))
    }

    async fn wait_idling(
        &mut self,
        end: tokio::time::Instant,
        shutdown: &CancellationToken,
    ) -> Result<Idled, ImapError> {
        // Longer than any wait: the end is watched here, not by the read.
        let no_limit = Duration::from_secs(24 * 3600);
        loop {
            // A read that is dropped here loses nothing: its bytes stay in the session's buffer.
            tokio::select! {
                biased;
                () = shutdown.cancelled() => return Ok(Idled::Shutdown),
                () = tokio::time::sleep_until(end) => return Ok(Idled::TimeOut),
                heard = self.read("IDLE", no_limit, hear) => match heard? {
                    Heard::Nothing => {}
                    Heard::News => return Ok(Idled::News),
                    Heard::End => return Err(lost("IDLE", "the server ended it")),
                },
            }
        }
    }

    /// Says good-bye; what comes of it does not matter.
    pub async fn logout(&mut self) {
        let limit = Duration::from_secs(LOGOUT_SECONDS_MAX);
        let _ = timeout(limit, self.run(LOGOUT, LOGOUT, limit, |_| {})).await;
    }
}

/// A command's own end.
enum End {
    Ok(Completed),
    Refused(String),
}

fn end_of(response: &Response<'_>, of: &RequestId) -> Option<End> {
    let Response::Done { tag, status, outcome } = response else {
        return None;
    };
    if tag != of {
        return None;
    }
    Some(match status {
        Status::Ok => End::Ok(Completed {
            read_only: matches!(outcome.code, Some(ResponseCode::ReadOnly)),
        }),
        _ => End::Refused(
            outcome
                .information
                .as_deref()
                .unwrap_or("no reason given")
                .to_owned(),
        ),
    })
}

/// What a response means while we idle.
enum Heard {
    /// "Still here" and the like.
    Nothing,
    News,
    End,
}

fn hear(response: &Response<'_>) -> Heard {
    match response {
        Response::Data { .. } => Heard::Nothing,
        Response::Done { .. } => Heard::End,
        _ => Heard::News,
    }
}

fn lost(command: &'static str, why: &str) -> ImapError {
    ImapError::Lost {
        command,
        why: why.to_owned(),
    }
}
