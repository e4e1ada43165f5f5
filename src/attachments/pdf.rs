//! A PDF: the text it holds, and of pages that hold none what their picture says.

use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;

use super::child::{Ended, Job};
use super::{Task, bbox, failed, folder};
use crate::reading::{AttachmentFault, AttachmentText, Page};

const PDF: &str = "attachment.pdf";
/// A page with fewer words of text is a scan: with the stamp of the scanner, at most.
const WORDS_OF_A_TEXT_PAGE_MIN: usize = 6;
/// The longer side of a page's picture: 220 dots an inch on A4.
const PAGE_SIDE_PIXELS: u32 = 2600;

impl Task<'_> {
    pub(super) async fn read_pdf(
        &self,
        content: &[u8],
        text: &mut AttachmentText,
    ) -> Result<(), AttachmentFault> {
        let folder = folder()?;
        tokio::fs::write(folder.path().join(PDF), content)
            .await
            .map_err(failed)?;
        let mut pages = self.text_layer(folder.path()).await?;
        let limit_pages = self.limits.pages_max;
        if pages.len() > limit_pages as usize {
            pages.truncate(limit_pages as usize);
            text.faults.push(AttachmentFault::TooManyPages { limit_pages });
        }
        let scans = self.recognise_pages(folder.path(), &mut pages, text).await;
        self.take(pages, text);
        scans
    }

    /// The pages with the text they hold; one that holds none is there, and empty.
    async fn text_layer(&self, folder: &Path) -> Result<Vec<Page>, AttachmentFault> {
        // One more than is taken: so it is seen that there are more.
        let last = (self.limits.pages_max + 1).to_string();
        let arguments = ["-bbox-layout", "-l", &last, PDF, "-"];
        let ended = self.poppler("pdftotext", &arguments, folder).await?;
        if !ended.status.success() {
            return Err(fault_of(&ended));
        }
        tokio::task::spawn_blocking(move || bbox::pages(&ended.stdout))
            .await
            .map_err(|error| failed(error.into()))?
    }

    async fn recognise_pages(
        &self,
        folder: &Path,
        pages: &mut [Page],
        text: &mut AttachmentText,
    ) -> Result<(), AttachmentFault> {
        let limit_pages = self.limits.pages_by_ocr_max;
        let is_scan = |page: &&mut Page| {
            let words: usize = page.lines.iter().map(|line| line.words.len()).sum();
            words < WORDS_OF_A_TEXT_PAGE_MIN
        };
        for (place, page) in pages.iter_mut().filter(is_scan).enumerate() {
            if place >= limit_pages as usize {
                text.faults.push(AttachmentFault::TooManyPages { limit_pages });
                break;
            }
            let number = page.number.to_string();
            let side = PAGE_SIDE_PIXELS.to_string();
            let picture = format!("page-{number}");
            let arguments = [
                "-gray",
                "-singlefile",
                "-scale-to",
                &side,
                "-f",
                &number,
                "-l",
                &number,
                PDF,
                &picture,
            ];
            let ended = self.poppler("pdftoppm", &arguments, folder).await?;
            let file = folder.join(format!("{picture}.pgm"));
            if !ended.status.success() || !file.exists() {
                return Err(fault_of(&ended));
            }
            self.read_picture(folder, &file, page).await?;
        }
        Ok(())
    }

    async fn poppler(
        &self,
        program: &str,
        arguments: &[&str],
        folder: &Path,
    ) -> Result<Ended, AttachmentFault> {
        let job = Job {
            program: program.into(),
            arguments: arguments.iter().map(OsString::from).collect(),
            folder,
            stdin: Stdio::null(),
        };
        self.run(job).await
    }

    /// Pages with text, as many as may be.
    fn take(&self, pages: Vec<Page>, text: &mut AttachmentText) {
        let limit_bytes = self.limits.text_bytes_max;
        let mut bytes = 0;
        for page in pages.into_iter().filter(|page| !page.lines.is_empty()) {
            bytes += page.text.len() as u64;
            if bytes > limit_bytes {
                text.faults.push(AttachmentFault::TooMuchText { limit_bytes });
                break;
            }
            text.pages.push(page);
        }
    }
}

fn fault_of(ended: &Ended) -> AttachmentFault {
    if ended.stderr.contains("Incorrect password") {
        AttachmentFault::Encrypted
    } else {
        ended.fault()
    }
}
