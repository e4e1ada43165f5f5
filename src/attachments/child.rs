//! A child process that reads something hostile: without a shell, in a folder of its own, under limits.
//!
//! The limits are set by this program itself, started as `estafette limited`, which then becomes the other program: nothing
//! but safe code, and no tool that a system may lack.

use std::ffi::OsString;
use std::path::Path;
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

use super::{Task, failed};
use crate::reading::AttachmentFault;

/// Exit status of `limited` when the program is not there; as shells have it.
pub(super) const EXIT_NOT_FOUND: u8 = 127;
/// What is kept of a child's complaints.
const COMPLAINT_BYTES_MAX: u64 = 4 * 1024;

/// What to run.
pub(super) struct Job<'a> {
    /// A name looked up in PATH, or a path.
    pub program: OsString,
    pub arguments: Vec<OsString>,
    pub folder: &'a Path,
    pub stdin: Stdio,
}

/// How it ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub stdout: Vec<u8>,
    pub stderr: String,
    pub status: ExitStatus,
}

impl Ended {
    /// As a fault, for whom nothing better is known.
    pub(super) fn fault(&self) -> AttachmentFault {
        let complaint = self.stderr.lines().find(|line| !line.trim().is_empty());
        AttachmentFault::Unreadable {
            detail: complaint.map_or_else(|| self.status.to_string(), |line| line.trim().to_owned()),
        }
    }
}

impl Task<'_> {
    /// Runs it to its end, its failure too; at the deadline, or when it says more than it may, it is killed.
    pub(super) async fn run(&self, job: Job<'_>) -> Result<Ended, AttachmentFault> {
        let tool = job.program.to_string_lossy().into_owned();
        let mut child = self.command(&job).stdin(job.stdin).spawn().map_err(|error| {
            if error.kind() == std::io::ErrorKind::NotFound {
                AttachmentFault::ToolMissing {
                    tool: self.tools.program.display().to_string(),
                }
            } else {
                failed(error)
            }
        })?;
        let ended = tokio::time::timeout_at(self.deadline, self.watch(&mut child)).await;
        // Killed before its folder goes; one that has ended does not mind.
        let killed = child.kill().await;
        if let Err(error) = killed {
            tracing::debug!(%error, tool, "a child process could not be killed");
        }
        let ended = ended.map_err(|_| self.timed_out())??;
        if ended.status.code() == Some(i32::from(EXIT_NOT_FOUND)) {
            return Err(AttachmentFault::ToolMissing { tool });
        }
        if used_up_its_time(ended.status) {
            return Err(AttachmentFault::TimedOut {
                limit_seconds: self.limits.child.cpu_seconds,
            });
        }
        Ok(ended)
    }

    fn command(&self, job: &Job<'_>) -> Command {
        let confinement = &self.limits.child;
        let mut command = Command::new(&self.tools.program);
        command
            .arg("limited")
            .arg(format!("--memory-bytes={}", confinement.memory_bytes))
            .arg(format!("--cpu-seconds={}", confinement.cpu_seconds))
            .arg(format!("--file-bytes={}", confinement.file_bytes))
            .arg("--")
            .arg(&job.program)
            .args(&job.arguments)
            .current_dir(job.folder)
            .env_clear()
            // Nothing else of our environment is theirs to know.
            .env("PATH", self.tools.path())
            .envs(std::env::var_os("TESSDATA_PREFIX").map(|folder| ("TESSDATA_PREFIX", folder)))
            .env("LANG", "C.UTF-8")
            .env("HOME", job.folder)
            .env("TMPDIR", job.folder)
            // Tesseract would take every core for one page.
            .env("OMP_THREAD_LIMIT", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    async fn watch(&self, child: &mut Child) -> Result<Ended, AttachmentFault> {
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(failed(std::io::Error::other("a child process has no output")));
        };
        let (stdout, stderr) = tokio::try_join!(self.output(stdout), complaint(stderr))?;
        let status = child.wait().await.map_err(failed)?;
        Ok(Ended {
            stdout,
            stderr,
            status,
        })
    }

    async fn output(&self, stdout: impl AsyncRead + Unpin) -> Result<Vec<u8>, AttachmentFault> {
        let limit_bytes = self.limits.child.output_bytes;
        let mut bytes = Vec::new();
        let mut bounded = stdout.take(limit_bytes + 1);
        bounded.read_to_end(&mut bytes).await.map_err(failed)?;
        if bytes.len() as u64 > limit_bytes {
            return Err(AttachmentFault::TooMuchText { limit_bytes });
        }
        Ok(bytes)
    }
}

/// The beginning of what it complains of. The rest is read too, or it would wait for ever to be heard.
async fn complaint(stderr: impl AsyncRead + Unpin) -> Result<String, AttachmentFault> {
    let mut bytes = Vec::new();
    let mut bounded = stderr.take(COMPLAINT_BYTES_MAX);
    bounded.read_to_end(&mut bytes).await.map_err(failed)?;
    let mut rest = bounded.into_inner();
    tokio::io::copy(&mut rest, &mut tokio::io::sink())
        .await
        .map_err(failed)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Ended by the signal of its limit.
fn used_up_its_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}
