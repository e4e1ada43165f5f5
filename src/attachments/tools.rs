//! The programs that read attachments, and whether they are there.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::Instant;

use super::child::Job;
use super::{Limits, Task, folder};
use crate::diagnosis::Fault;
use crate::reading::AttachmentFault;

/// The languages of our customers by the names of Tesseract (ISO 639-2/T), those that are most at home first.
const LANGUAGES: [&str; 4] = ["fra", "nld", "deu", "eng"];
/// The Debian packages that hold everything.
const PACKAGES: &str =
    "apt install poppler-utils tesseract-ocr tesseract-ocr-fra tesseract-ocr-nld tesseract-ocr-deu";

/// What reads attachments.
#[derive(Debug)]
pub struct Tools {
    /// This program: its hidden commands decode pictures and put limits on the others.
    pub program: PathBuf,
    /// Where the others are looked for, as in `PATH`.
    path: OsString,
    /// Of [`LANGUAGES`], those that Tesseract has; asked once it is found.
    languages: OnceCell<Vec<&'static str>>,
}

impl Tools {
    pub fn new(program: PathBuf) -> Tools {
        Tools {
            program,
            path: std::env::var_os("PATH").unwrap_or_default(),
            languages: OnceCell::new(),
        }
    }

    /// Looks for the other programs elsewhere.
    #[must_use]
    pub fn with_path(self, path: OsString) -> Tools {
        Tools { path, ..self }
    }

    pub(super) fn path(&self) -> &OsStr {
        &self.path
    }

    /// With the program that is running.
    pub fn of_this_program() -> Tools {
        // Where the system does not tell, the program is looked for in PATH.
        Tools::new(std::env::current_exe().unwrap_or_else(|_| PathBuf::from("estafette")))
    }

    /// What can be read of attachments, for `doctor`.
    ///
    /// # Errors
    /// What is missing, and how to mend it.
    pub async fn check(&self) -> Result<String, Fault> {
        let limits = Limits::default();
        let task = Task {
            tools: self,
            limits: &limits,
            deadline: Instant::now() + Duration::from_secs(limits.seconds_per_attachment_max),
            limit_seconds: limits.seconds_per_attachment_max,
        };
        let mut missing = Vec::new();
        let folder = match folder() {
            Ok(folder) => folder,
            Err(fault) => {
                return Err(Fault {
                    what: fault.to_string(),
                    remedy: "See that the folder for temporary files can be written".into(),
                });
            }
        };
        for program in ["pdftotext", "pdftoppm"] {
            if let Err(fault) = task.try_out(program, folder.path()).await {
                missing.push(format!("{program} {fault}"));
            }
        }
        let languages = task.languages(folder.path()).await;
        match &languages {
            Ok(languages) => missing.extend(
                LANGUAGES
                    .iter()
                    .filter(|language| !languages.contains(language))
                    .map(|language| format!("tesseract has no language {language}")),
            ),
            Err(fault) => missing.push(format!("tesseract {fault}")),
        }
        if missing.is_empty() {
            let languages = languages.unwrap_or_default().join(", ");
            return Ok(format!(
                "pdftotext, pdftoppm and tesseract ({languages}) read PDFs and pictures"
            ));
        }
        Err(Fault {
            what: format!("{}: such attachments go to an agent", missing.join("; ")),
            remedy: format!("On Debian: {PACKAGES}"),
        })
    }
}

impl Task<'_> {
    async fn try_out(&self, program: &str, folder: &Path) -> Result<(), AttachmentFault> {
        let job = Job {
            program: program.into(),
            arguments: vec!["-v".into()],
            folder,
            stdin: Stdio::null(),
        };
        self.run(job).await.map(|_| ())
    }

    /// The languages to read pictures in.
    pub(super) async fn languages(&self, folder: &Path) -> Result<Vec<&'static str>, AttachmentFault> {
        let ask = || async {
            let job = Job {
                program: "tesseract".into(),
                arguments: vec!["--list-langs".into()],
                folder,
                stdin: Stdio::null(),
            };
            let ended = self.run(job).await?;
            let listed = String::from_utf8_lossy(&ended.stdout).into_owned();
            let has = |language: &&str| listed.lines().any(|line| line.trim() == *language);
            let languages: Vec<&str> = LANGUAGES.into_iter().filter(has).collect();
            if languages.is_empty() {
                return Err(AttachmentFault::ToolMissing {
                    tool: "tesseract with a language of ours".into(),
                });
            }
            Ok(languages)
        };
        self.tools.languages.get_or_try_init(ask).await.cloned()
    }
}
