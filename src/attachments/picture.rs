//! A picture: barcodes first, then its text by OCR.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use super::agreement::{self, Better};
use super::child::Job;
use super::decode::{FurtherPages, PictureReport};
use super::{Task, failed, folder, ocr};
use crate::reading::{AttachmentFault, AttachmentText, NewWord, Page};
use crate::registration::TextSource;

/// The files in the folder of an attachment that the recogniser reads.
const GREY_PICTURE: &str = "grey.pgm";
const GREY_PICTURE_AGAIN: &str = "again.pgm";

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
        let report = self.decode(folder, file, GREY_PICTURE, None).await?;
        let recognised = self.recognise_twice(folder, &report, page).await;
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

    /// Reads the text at two sizes, and believes what both say.
    async fn recognise_twice(
        &self,
        folder: &Path,
        report: &PictureReport,
        page: &mut Page,
    ) -> Result<(), AttachmentFault> {
        let first = self.recognise(folder, GREY_PICTURE, report).await?;
        let Some((percent, better)) = agreement::second_size(&first, report.height) else {
            return Ok(());
        };
        let grey = folder.join(GREY_PICTURE);
        let again = self
            .decode(folder, &grey, GREY_PICTURE_AGAIN, Some(percent))
            .await?;
        let second = self.recognise(folder, GREY_PICTURE_AGAIN, &again).await?;
        match better {
            Better::First => agreement::add_agreed(&first, &second, page),
            Better::Second => agreement::add_agreed(&second, &first, page),
        }
        Ok(())
    }

    /// Writes the grey picture of a file, in its own size or in so many percent of it.
    async fn decode(
        &self,
        folder: &Path,
        file: &Path,
        to: &str,
        percent: Option<u32>,
    ) -> Result<PictureReport, AttachmentFault> {
        let mut arguments = vec![
            "read-picture".into(),
            format!("--pixels-max={}", self.limits.pixels_max).into(),
            format!("--memory-bytes={}", self.limits.child.memory_bytes / 2).into(),
            format!("--write={to}").into(),
        ];
        arguments.extend(percent.map(|percent| format!("--percent={percent}").into()));
        let job = Job {
            program: self.tools.program.clone().into_os_string(),
            arguments,
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
        picture: &str,
        report: &PictureReport,
    ) -> Result<Page, AttachmentFault> {
        let languages = self.languages(folder).await?;
        let arguments = [
            picture,
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
        let mut page = Page::new(1);
        ocr::add_lines(&table, report.width, report.height, &mut page);
        Ok(page)
    }
}
