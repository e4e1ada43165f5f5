//! Letters as files of a Maildir: written to `tmp/`, made durable, then renamed to `new/`. A crash leaves at most a file in
//! `tmp/`; a letter delivered twice is two files with the same Message-ID, for everybody to see.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;

use super::outcome::Outcome;
use crate::diagnosis::{Fault, Report};
use crate::{clock, randomness};

/// A Maildir that takes every letter, whoever its recipient is.
#[derive(Debug, Clone)]
pub struct MaildirDrop {
    folder: PathBuf,
}

impl MaildirDrop {
    pub fn new(folder: PathBuf) -> MaildirDrop {
        MaildirDrop { folder }
    }

    /// Writes the letter as a delivery agent does: Return-Path and Delivered-To before it (RFC 5321, 4.4).
    pub async fn deliver(&self, envelope_sender: &str, recipient: &str, raw: &[u8]) -> Outcome {
        if [envelope_sender, recipient]
            .iter()
            .any(|address| address.contains(['\r', '\n']))
        {
            let refusal = super::Refusal {
                code: None,
                enhanced: None,
                text: "an address holds a line end".to_owned(),
            };
            return Outcome::PermanentRefusal(refusal);
        }
        let mut letter =
            format!("Return-Path: <{envelope_sender}>\r\nDelivered-To: {recipient}\r\n").into_bytes();
        letter.extend_from_slice(raw);
        let folder = self.folder.clone();
        match tokio::task::spawn_blocking(move || write(&folder, &letter)).await {
            Ok(Ok(name)) => Outcome::Accepted {
                response: format!("kept as {name}"),
            },
            Ok(Err(error)) => Outcome::Unreachable {
                why: format!("the Maildir does not take it: {error}"),
            },
            Err(error) => Outcome::Unknown {
                why: error.to_string(),
            },
        }
    }

    pub async fn check(&self) -> Result<Report, Fault> {
        let folder = self.folder.clone();
        let prepared = tokio::task::spawn_blocking(move || prepare(&folder)).await;
        let failed = match prepared {
            Ok(Ok(())) => {
                return Ok(Report {
                    seen: vec![format!("letters go to the Maildir {}", self.folder.display())],
                });
            }
            Ok(Err(error)) => error.to_string(),
            Err(error) => error.to_string(),
        };
        Err(Fault::new(
            format!(
                "the Maildir {} cannot be written: {failed}",
                self.folder.display()
            ),
            "Make the folder, or let the daemon's user write to it",
        ))
    }
}

fn prepare(folder: &Path) -> io::Result<()> {
    for part in ["tmp", "new", "cur"] {
        std::fs::create_dir_all(folder.join(part))?;
    }
    Ok(())
}

fn write(folder: &Path, letter: &[u8]) -> io::Result<String> {
    prepare(folder)?;
    let at = clock::now();
    // Time, then randomness of the system: unique over processes and machines, and sorted by time.
    let name = format!(
        "{}.M{:06}R{}.estafette",
        at.as_second(),
        at.subsec_microsecond(),
        HEXLOWER.encode(&randomness::bytes::<8>())
    );
    let written = folder.join("tmp").join(&name);
    let mut file = std::fs::File::create_new(&written)?;
    file.write_all(letter)?;
    file.sync_all()?;
    std::fs::rename(&written, folder.join("new").join(&name))?;
    std::fs::File::open(folder.join("new"))?.sync_all()?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_letter_becomes_one_file_in_new_with_its_envelope() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let maildir = MaildirDrop::new(folder.path().join("out"));
        maildir.check().await.expect("it can be made");
        for _ in 0..2 {
            let outcome = maildir
                .deliver(
                    "care+t@example.test",
                    "lena@customer.example",
                    b"Subject: x\r\n\r\nhello\r\n",
                )
                .await;
            assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
        }
        let files: Vec<PathBuf> = std::fs::read_dir(folder.path().join("out/new"))
            .expect("new/")
            .flatten()
            .map(|file| file.path())
            .collect();
        assert_eq!(files.len(), 2, "the same letter twice is two files");
        let text = std::fs::read_to_string(&files[0]).expect("a letter");
        let expected = "Return-Path: <care+t@example.test>\r\nDelivered-To: lena@customer.example\r\nSubject: x\r\n\r\nhello\r\n";
        assert_eq!(text, expected);
        assert_eq!(
            std::fs::read_dir(folder.path().join("out/tmp"))
                .expect("tmp/")
                .count(),
            0
        );
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_said_with_a_remedy() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("file");
        std::fs::write(&file, "no folder").expect("a file");
        let maildir = MaildirDrop::new(file);
        let outcome = maildir.deliver("a@example.test", "b@example.test", b"x").await;
        assert!(matches!(outcome, Outcome::Unreachable { .. }), "{outcome:?}");
        assert!(maildir.check().await.is_err());
        let outcome = maildir
            .deliver("a@example.test", "b@example.test\r\nX: y", b"x")
            .await;
        assert!(matches!(outcome, Outcome::PermanentRefusal(_)), "{outcome:?}");
    }
}
