//! `estafette import FILE... --config FILE`: takes registrations in, and lists every refused line.
//!
//! Good lines go in whatever the bad ones are, and a second run of the same file takes nothing in twice: a line's content is
//! its idempotency key.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ring::digest::{SHA256, digest};

use super::{EXIT_BAD_INPUT, block_on};
use crate::app;
use crate::config::Config;
use crate::registration::import::{Format, Import};
use crate::registration::{Actor, Reference, RegistrationDocument};
use crate::store::{Store, StoreError, Submission};
use crate::{clock, randomness};

/// A reference is drawn from 2^40: two draws that are taken are bad luck, this many are a fault.
const REFERENCE_DRAWS_MAX: u32 = 5;
const ACTOR: &str = "import";

#[derive(Debug, Default)]
struct Tally {
    taken: u64,
    repeated: u64,
    refused: u64,
}

pub fn run(config: Config, files: &[PathBuf]) -> ExitCode {
    block_on(async {
        let (store, _) = match app::open_store(&config).await {
            Ok(opened) => opened,
            Err(error) => {
                eprintln!("estafette: {error}");
                return ExitCode::FAILURE;
            }
        };
        let mut tally = Tally::default();
        let mut unreadable = false;
        for file in files {
            if let Err(error) = import(&store, file, &mut tally).await {
                eprintln!("estafette: {}: {error}", file.display());
                unreadable = true;
            }
        }
        let Tally {
            taken,
            repeated,
            refused,
        } = tally;
        println!("{taken} taken in, {repeated} taken in before, {refused} refused");
        if unreadable || refused > 0 {
            ExitCode::from(EXIT_BAD_INPUT)
        } else {
            ExitCode::SUCCESS
        }
    })
}

async fn import(store: &Store, file: &Path, tally: &mut Tally) -> anyhow::Result<()> {
    let reader: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(file)?))
    };
    let format = Format::of_file_name(&file.to_string_lossy()).unwrap_or(Format::NdJson);
    for line in Import::new(reader, format) {
        let (number, imported) = line?;
        match imported {
            Ok(document) => match submit(store, document).await? {
                Submission::Created(reference) => {
                    println!("{}:{number}: {reference}", file.display());
                    tally.taken += 1;
                }
                Submission::Repeated(reference) => {
                    println!("{}:{number}: {reference} (taken in before)", file.display());
                    tally.repeated += 1;
                }
                Submission::KeyReused => {
                    anyhow::bail!("line {number}: its key stands for another registration")
                }
            },
            Err(faults) => {
                for fault in faults {
                    eprintln!("{}: {fault}", file.display());
                }
                tally.refused += 1;
            }
        }
    }
    Ok(())
}

async fn submit(store: &Store, document: RegistrationDocument) -> anyhow::Result<Submission> {
    let content = serde_json::to_vec(&document)?;
    let hash: [u8; 32] = digest(&SHA256, &content).as_ref().try_into()?;
    let key = format!("import-{}", data_encoding::HEXLOWER.encode(&hash));
    let actor = Actor::ApiClient(ACTOR.into());
    for _ in 0..REFERENCE_DRAWS_MAX {
        let reference = Reference::from_random(randomness::bytes());
        let idempotency = Some((key.clone(), hash));
        match store
            .submit(
                document.clone(),
                reference,
                actor.clone(),
                idempotency,
                clock::now(),
            )
            .await
        {
            Err(StoreError::ReferenceTaken(_)) => {}
            other => return Ok(other?),
        }
    }
    anyhow::bail!("no free reference could be drawn")
}
