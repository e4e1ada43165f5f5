//! What the fuzz targets look at and nobody else may: compiled for them alone. Reads attachments without starting a process.

use super::form::Form;
use super::{agreement, bbox, decode, ocr, plain};
use crate::reading::{AttachmentFault, AttachmentText, Page};

/// Whose bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The attachment itself.
    File,
    /// What `pdftotext -bbox-layout` made of it.
    ByPdftotext,
    /// What Tesseract made of it.
    ByTesseract,
}

/// Small, so that many are tried.
const PIXELS_MAX: u64 = 64 * 64;
const MEMORY_BYTES_MAX: u64 = 16 * 1024 * 1024;
const TEXT_BYTES_MAX: u64 = 512 * 1024;
const SIDE_PIXELS: u32 = 1000;

/// Reads one attachment, the first of its message. `forgiving` is told when panics are caught by what runs.
pub fn read(
    written: Written,
    content: &[u8],
    content_type: &str,
    name: &str,
    forgiving: impl Fn(bool),
) -> AttachmentText {
    let mut text = AttachmentText::new(0, name.to_owned());
    let form = Form::of(content, content_type, name);
    match written {
        Written::ByPdftotext => match bbox::pages(content) {
            Ok(pages) => text.pages = pages,
            Err(fault) => text.faults.push(fault),
        },
        Written::ByTesseract => text.pages.push(page_of_tables(content)),
        Written::File if matches!(form, Form::Text | Form::Csv | Form::Message) => {
            let (page, fault) = plain::read(&form, content, TEXT_BYTES_MAX);
            text.pages.push(page);
            text.faults.extend(fault);
        }
        Written::File if form == Form::Picture => {
            text.faults.extend(fault_of_picture(content, forgiving));
        }
        Written::File => {}
    }
    text
}

fn page_of_tables(content: &[u8]) -> Page {
    let tables = String::from_utf8_lossy(content);
    let (first, second) = tables.split_once('\0').unwrap_or((&tables, &tables));
    let readings = [first, second].map(|table| {
        let mut page = Page::new(1);
        ocr::add_lines(table, SIDE_PIXELS, SIDE_PIXELS, &mut page);
        page
    });
    let mut page = Page::new(1);
    if agreement::second_size(&readings[0], SIDE_PIXELS).is_some() {
        agreement::add_agreed(&readings[0], &readings[1], &mut page);
    }
    page
}

fn fault_of_picture(content: &[u8], forgiving: impl Fn(bool)) -> Option<AttachmentFault> {
    let job = decode::PictureJob {
        pixels_max: PIXELS_MAX,
        memory_bytes: MEMORY_BYTES_MAX,
        percent: None,
        write: "/dev/null".into(),
    };
    let grey = match decode::grey(&job, content) {
        Ok(grey) => grey,
        Err(fault) => return Some(fault),
    };
    forgiving(true);
    let _ = std::panic::catch_unwind(|| decode::barcodes(&grey));
    forgiving(false);
    decode::further_pages(content);
    None
}
