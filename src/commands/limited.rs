//! `estafette limited`, hidden: puts limits on itself, then becomes another program. For what reads hostile files.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::ExitCode;

use clap::Args;
use rustix::process::{Resource, Rlimit, nice, setrlimit};

/// How much less urgent than the daemon it is; see nice(2).
const NICENESS: i32 = 10;
/// It was found and could not be run; as shells have it.
const EXIT_CANNOT_RUN: u8 = 126;
/// It was not found; as shells have it.
const EXIT_NOT_FOUND: u8 = 127;

#[derive(Debug, Args)]
pub struct Limited {
    /// Address space.
    #[arg(long)]
    memory_bytes: u64,
    #[arg(long)]
    cpu_seconds: u64,
    /// The largest file it may write.
    #[arg(long)]
    file_bytes: u64,
    /// The program and its arguments.
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

/// Returns only when the other program cannot be started.
pub fn run(limited: &Limited) -> ExitCode {
    let error = match confine(limited) {
        Ok(()) => become_it(&limited.command),
        Err(error) => error,
    };
    eprintln!(
        "{}: {error}",
        limited
            .command
            .first()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    );
    ExitCode::from(if error.kind() == io::ErrorKind::NotFound {
        EXIT_NOT_FOUND
    } else {
        EXIT_CANNOT_RUN
    })
}

fn confine(limited: &Limited) -> io::Result<()> {
    let limits = [
        (Resource::As, limited.memory_bytes, limited.memory_bytes),
        // The soft limit comes first: its signal says why the process ended.
        (
            Resource::Cpu,
            limited.cpu_seconds,
            limited.cpu_seconds.saturating_add(1),
        ),
        (Resource::Fsize, limited.file_bytes, limited.file_bytes),
        // Nobody's bill is left on the disk.
        (Resource::Core, 0, 0),
    ];
    for (resource, soft, hard) in limits {
        let limit = Rlimit {
            current: Some(soft),
            maximum: Some(hard),
        };
        setrlimit(resource, limit)?;
    }
    // Being less urgent is a courtesy, not a protection.
    let _ = nice(NICENESS);
    Ok(())
}

fn become_it(command: &[OsString]) -> io::Error {
    match command.split_first() {
        Some((program, arguments)) => std::process::Command::new(program).args(arguments).exec(),
        None => io::Error::other("no program is named"),
    }
}
