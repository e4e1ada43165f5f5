//! `estafette read-picture`, hidden: decodes one picture from standard input and says on standard output what it holds. Started
//! under limits by who reads attachments.

use std::io::{self, Read};
use std::process::ExitCode;

use crate::attachments::{PictureJob, read_picture};

pub fn run(job: &PictureJob) -> ExitCode {
    let mut bytes = Vec::new();
    if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
        eprintln!("the picture cannot be read: {error}");
        return ExitCode::FAILURE;
    }
    let report = read_picture(job, &bytes);
    match serde_json::to_writer(io::stdout().lock(), &report) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the report cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
