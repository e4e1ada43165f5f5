//! A picture: barcodes first, then its text by OCR.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use super::child::Job;
use super::decode::{FurtherPages, PictureReport};
use super::{Task, failed, folder, ocr};
use crate::reading::{AttachmentFault, AttachmentText, NewWord, Page};
use crate::registration::TextSource;

/// The file in the folder of an attachment that the recogniser reads.
const GREY_PICTURE: &str = "grey.pgm";

/// Page segmentation that first finds out which way up the text is: not every photo has EXIF that is right.
const ORIENTED: &str = "1";

impl Task<'_> {
    pub(super) async fn read_lone_picture(
        &self,
        content: &[u8],
        text: &mut AttachmentText,
    ) -> Result<(), AttachmentFault> {
        let folder = folder()?;
        let file = folder.path().join("attachment");
        tokio::fs::write(&file, content).await.map_err(failed)?;
        let mut page = Page::new(1);
        let outcome = self.read_picture(folder.path(), &file, &mut page).await;
        if !page.lines.is_empty() {
            text.pages.push(page);
        }
        outcome
    }

    /// Adds what the picture says to the page, as far as it gets.
    pub(super) async fn read_picture(
        &self,
        folder: &Path,
        file: &Path,
        page: &mut Page,
    ) -> Result<(), AttachmentFault> {
        let report = self.decode(folder, file).await?;
        let recognised = self.recognise(folder, &report, page).await;
        for barcode in report.barcodes {
            let words = barcode.text.split_whitespace().map(|word| NewWord {
                text: word.to_owned(),
                region: barcode.region,
                confidence_percent: None,
            });
            let symbology = barcode.symbology;
            page.push_line(words, TextSource::Barcode { symbology });
        }
        recognised?;
        match report.further_pages {
            FurtherPages::None => Ok(()),
            FurtherPages::NotRead => Err(AttachmentFault::TooManyPages { limit_pages: 1 }),
        }
    }

    async fn decode(&self, folder: &Path, file: &Path) -> Result<PictureReport, AttachmentFault> {
        let arguments = [
            "read-picture".into(),
            format!("--pixels-max={}", self.limits.pixels_max).into(),
            format!("--memory-bytes={}", self.limits.child.memory_bytes / 2).into(),
            format!("--write={GREY_PICTURE}").into(),
        ];
        let job = Job {
            program: self.tools.program.clone().into_os_string(),
            arguments: arguments.to_vec(),
            folder,
            stdin: Stdio::from(File::open(file).map_err(failed)?),
        };
        let ended = self.run(job).await?;
        if !ended.status.success() {
            return Err(ended.fault());
        }
        // What the child says is believed no more than the picture is.
        serde_json::from_slice::<Result<PictureReport, AttachmentFault>>(&ended.stdout)
            .map_err(|error| failed(error.into()))?
    }

    async fn recognise(
        &self,
        folder: &Path,
        report: &PictureReport,
        page: &mut Page,
    ) -> Result<(), AttachmentFault> {
        let languages = self.languages(folder).await?;
        let arguments = [
            GREY_PICTURE,
            "stdout",
            "-l",
            &languages.join("+"),
            "--psm",
            ORIENTED,
            "tsv",
        ];
        let job = Job {
            program: "tesseract".into(),
            arguments: arguments.map(Into::into).to_vec(),
            folder,
            stdin: Stdio::null(),
        };
        let ended = self.run(job).await?;
        if !ended.status.success() {
            return Err(ended.fault());
        }
        let table = String::from_utf8_lossy(&ended.stdout);
        ocr::add_lines(&table, report.width, report.height, page);
        Ok(())
    }
}
