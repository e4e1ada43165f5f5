//! One file a subcommand. Exit status: 0 done, 1 it failed, 2 the input or the configuration is at fault.

pub mod agent;
pub mod demo;
pub mod doctor;
pub mod eval;
pub mod import;
pub mod interpret;
pub mod letters;
pub mod limited;
pub mod read;
pub mod read_picture;
pub mod reconcile;
pub mod serve;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::attachments::PictureJob;
use crate::config::Config;

/// Carries the correspondence between an energy supplier's After-Sales team and customers whose registrations are stuck.
#[derive(Debug, Parser)]
#[command(name = "estafette", version, about, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the daemon: HTTP, mailbox, letters, verification.
    Serve {
        /// The configuration; config/estafette.toml explains every key.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Run everything embedded in ./estafette-demo with sample customers; no set-up.
    Demo {
        /// Address of the pages.
        #[arg(long, default_value = "127.0.0.1:8025", value_name = "ADDRESS")]
        listen: std::net::SocketAddr,
        /// Folder that holds everything; started again on it, the demo goes on.
        #[arg(long, default_value = "estafette-demo", value_name = "DIR")]
        dir: PathBuf,
        /// Let sample people act N times faster.
        #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
        pace: u32,
    },
    /// Try store, SMTP, IMAP and letters; say what is wrong and how to mend it.
    Doctor {
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Compare the mailbox with the store, by UID, and say what is missing.
    Reconcile {
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Take registrations in from files (CSV or NDJSON; - for standard input), and list every refused line.
    Import {
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// `.csv` is CSV, everything else NDJSON.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Let an agent sign in at the desk, or change a password (read from standard input).
    Agent {
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
        /// The name the agent signs in with, shown in the history.
        name: String,
    },
    /// Write every kind of letter in every language into a folder, about an invented customer, to be looked at.
    Letters {
        /// Whose letters: brand, terms and addresses. Without it, an invented supplier's.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Is made if it is not there; files of the same name are replaced.
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
    /// Print what a message is, a JSON line each.
    Read {
        /// Messages (.eml), folders of them, or - for standard input.
        #[arg(required = true, value_name = "MESSAGE.eml")]
        messages: Vec<PathBuf>,
    },
    /// Print what a message answers, a JSON line each.
    Interpret {
        /// The registration it is about, with what was asked.
        #[arg(long, value_name = "REG.json")]
        registration: PathBuf,
        /// The letter it answers, as it was sent.
        #[arg(long, value_name = "LETTER.eml")]
        letter: Option<PathBuf>,
        #[arg(required = true, value_name = "MESSAGE.eml")]
        messages: Vec<PathBuf>,
    },
    /// Score corpora of replies against their truth, and list the misses.
    Eval {
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Score only a part. A reply is held back when the 64-bit FNV-1a hash of its file name is divisible by 3:
        /// whoever tunes the rules looks at the tuned part alone.
        #[arg(long, value_enum, default_value_t = eval::Part::All, value_name = "PART")]
        part: eval::Part,
        /// Folders with truth.jsonl, registrations/ and replies/; each gets a report, and all together one more.
        #[arg(required = true, value_name = "CORPUS")]
        corpora: Vec<PathBuf>,
    },
    /// Run another program under limits.
    #[command(hide = true)]
    Limited(limited::Limited),
    /// Decode a picture from standard input.
    #[command(hide = true)]
    ReadPicture(PictureJob),
}

/// It was the input or the configuration.
const EXIT_BAD_INPUT: u8 = 2;

/// Carries out what the arguments say.
pub fn run(arguments: Arguments) -> ExitCode {
    match arguments.command {
        Command::Serve { config } => with_config(&config, serve::run),
        Command::Demo { listen, dir, pace } => demo::run(listen, &dir, pace),
        Command::Doctor { config } => with_config(&config, doctor::run),
        Command::Reconcile { config } => with_config(&config, reconcile::run),
        Command::Import { config, files } => with_config(&config, |config| import::run(config, &files)),
        Command::Agent { config, name } => with_config(&config, |config| agent::run(config, &name)),
        Command::Letters { config: None, dir } => letters::run(&dir, None),
        Command::Letters {
            config: Some(config),
            dir,
        } => with_config(&config, |config| letters::run(&dir, Some(config))),
        Command::Read { messages } => read::run(&messages),
        Command::Interpret {
            registration,
            letter,
            messages,
        } => interpret::run(&registration, letter.as_deref(), &messages),
        Command::Eval { json, part, corpora } => eval::run(&corpora, part, json),
        Command::Limited(limited) => limited::run(&limited),
        Command::ReadPicture(job) => read_picture::run(&job),
    }
}

/// Loads the configuration, or prints every fault of it.
fn with_config(file: &Path, then: impl FnOnce(Config) -> ExitCode) -> ExitCode {
    let environment: Vec<(String, String)> = std::env::vars().collect();
    match Config::load(file, &environment) {
        Ok(config) => then(config),
        Err(faults) => {
            for fault in &faults {
                eprintln!("estafette: {}: {fault}", file.display());
            }
            ExitCode::from(EXIT_BAD_INPUT)
        }
    }
}

/// Runs a future to its end on a runtime of its own.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("the system gives threads");
    let outcome = runtime.block_on(future);
    // Not dropped: that would wait for blocking threads, such as one that reads a hostile message for minutes.
    runtime.shutdown_background();
    outcome
}

/// Prints what failed, with its causes on the same line.
fn report(outcome: anyhow::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("estafette: {error:#}");
            ExitCode::FAILURE
        }
    }
}
