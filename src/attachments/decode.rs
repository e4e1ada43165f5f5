//! Runs in the child process `estafette read-picture`: decodes a picture, sets it upright, scales it, and looks for barcodes.
//! What is left for the recogniser of text is written as a grey picture.

use std::collections::HashSet;
use std::io::Cursor;
use std::path::PathBuf;

use clap::Args;
use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageError, ImageReader};
use rxing::{BarcodeFormat, DecodeHints, RXingResult, RXingResultMetadataType, RXingResultMetadataValue};
use serde::{Deserialize, Serialize};

use crate::reading::AttachmentFault;
use crate::registration::{Fraction, Region};

/// The grey picture has no more pixels: a page of A4 at 250 dots an inch.
const GREY_PIXELS_MAX: u64 = 6_000_000;
/// Smaller ones are doubled: the recogniser wants letters of some twenty pixels.
const SMALL_SIDE_PIXELS: u32 = 600;
/// Barcodes of one picture that are kept.
const BARCODES_MAX: usize = 10;
/// How often a picture is halved to find barcodes that are blurred at full size.
const HALVINGS_MAX: u32 = 1;

/// Those with a check digit over all they say, or with error correction: others are found where there are none.
const SYMBOLOGIES: [(BarcodeFormat, &str); 6] = [
    (BarcodeFormat::CODE_128, "code_128"),
    (BarcodeFormat::EAN_13, "ean_13"),
    (BarcodeFormat::QR_CODE, "qr_code"),
    (BarcodeFormat::DATA_MATRIX, "data_matrix"),
    (BarcodeFormat::AZTEC, "aztec"),
    (BarcodeFormat::PDF_417, "pdf_417"),
];

/// Arguments of `read-picture`.
#[derive(Debug, Args)]
pub struct PictureJob {
    /// A picture with more is not decoded.
    #[arg(long)]
    pub pixels_max: u64,
    /// Memory the decoder may take.
    #[arg(long)]
    pub memory_bytes: u64,
    /// Only change its size: to so many percent of what it would be, without a look at barcodes.
    #[arg(long)]
    pub percent: Option<u32>,
    /// The file (PGM) to write the grey picture to.
    #[arg(long)]
    pub write: PathBuf,
}

/// What `read-picture` says, as JSON.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureReport {
    /// Of the grey picture.
    pub width: u32,
    pub height: u32,
    pub barcodes: Vec<Barcode>,
    /// Whether the file holds more pictures than the one that was read.
    pub further_pages: FurtherPages,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FurtherPages {
    None,
    NotRead,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Barcode {
    pub symbology: String,
    pub text: String,
    pub region: Option<Region>,
}

/// Decodes a picture, writes it in grey, and says what its barcodes hold.
///
/// # Errors
/// The fault of the picture, or that its grey one cannot be written.
pub fn read_picture(job: &PictureJob, bytes: &[u8]) -> Result<PictureReport, AttachmentFault> {
    let grey = grey(job, bytes)?;
    let (grey, barcodes) = match job.percent {
        Some(percent) => (at_percent(&grey, percent), Vec::new()),
        None => {
            // The decoder of barcodes has panicked on pictures; the text is read all the same.
            let barcodes = std::panic::catch_unwind(|| barcodes(&grey)).unwrap_or_default();
            (grey, barcodes)
        }
    };
    let (width, height) = grey.dimensions();
    let mut file = format!("P5\n{width} {height}\n255\n").into_bytes();
    file.extend_from_slice(grey.as_raw());
    std::fs::write(&job.write, file).map_err(unreadable)?;
    Ok(PictureReport {
        width,
        height,
        barcodes,
        further_pages: further_pages(bytes),
    })
}

fn unreadable(error: impl std::fmt::Display) -> AttachmentFault {
    AttachmentFault::Unreadable {
        detail: error.to_string(),
    }
}

pub(super) fn grey(job: &PictureJob, bytes: &[u8]) -> Result<GrayImage, AttachmentFault> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(unreadable)?;
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(job.memory_bytes);
    reader.limits(limits);
    let too_many = || AttachmentFault::TooManyPixels {
        limit_pixels: job.pixels_max,
    };
    let of_decoder = |error| match error {
        ImageError::Limits(_) => too_many(),
        error => unreadable(error),
    };
    let mut decoder = reader.into_decoder().map_err(of_decoder)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > job.pixels_max {
        return Err(too_many());
    }
    // The decoder reckons with its own work alone, not with the picture it makes.
    if decoder.total_bytes() > job.memory_bytes {
        let detail = format!("it takes more than {} bytes of memory", job.memory_bytes);
        return Err(AttachmentFault::Unreadable { detail });
    }
    // A picture whose EXIF cannot be read is taken as it lies.
    let orientation = decoder.orientation();
    let picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    let mut upright = DynamicImage::ImageLuma8(scaled(on_white(picture)));
    if let Ok(orientation) = orientation {
        upright.apply_orientation(orientation);
    }
    Ok(upright.into_luma8())
}

/// In grey; what is transparent is paper.
fn on_white(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let with_alpha = picture.into_luma_alpha8();
    let mut grey = GrayImage::new(with_alpha.width(), with_alpha.height());
    for (to, from) in grey.pixels_mut().zip(with_alpha.pixels()) {
        let [light, alpha] = from.0.map(u16::from);
        let mixed = (light * alpha + 255 * (255 - alpha)) / 255;
        to.0 = [mixed as u8];
    }
    grey
}

fn scaled(grey: GrayImage) -> GrayImage {
    let (width, height) = grey.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > GREY_PIXELS_MAX {
        let factor = (GREY_PIXELS_MAX as f64 / pixels as f64).sqrt();
        let side = |pixels: u32| ((f64::from(pixels) * factor) as u32).max(1);
        return imageops::thumbnail(&grey, side(width), side(height));
    }
    let long_side = width.max(height);
    if long_side > 0 && long_side < SMALL_SIDE_PIXELS {
        return imageops::resize(&grey, width * 2, height * 2, FilterType::Triangle);
    }
    grey
}

fn at_percent(grey: &GrayImage, percent: u32) -> GrayImage {
    let side = |pixels: u32| (pixels.saturating_mul(percent) / 100).max(1);
    let (width, height) = (side(grey.width()), side(grey.height()));
    if percent < 100 {
        imageops::thumbnail(grey, width, height)
    } else {
        imageops::resize(grey, width, height, FilterType::Triangle)
    }
}

pub(super) fn barcodes(grey: &GrayImage) -> Vec<Barcode> {
    let mut picture = grey.clone();
    for halving in 0..=HALVINGS_MAX {
        if halving > 0 {
            let (width, height) = picture.dimensions();
            picture = imageops::thumbnail(&picture, (width / 2).max(1), (height / 2).max(1));
        }
        let found = found_in(&picture);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn found_in(grey: &GrayImage) -> Vec<Barcode> {
    let (width, height) = grey.dimensions();
    let mut hints = DecodeHints {
        PossibleFormats: Some(HashSet::from(SYMBOLOGIES.map(|(format, _)| format))),
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let found =
        rxing::helpers::detect_multiple_in_luma_with_hints(grey.as_raw().clone(), width, height, &mut hints);
    let mut barcodes: Vec<Barcode> = Vec::new();
    // None found is an error to it.
    for result in found.unwrap_or_default() {
        let Some(barcode) = barcode(&result, width, height) else {
            continue;
        };
        let known = barcodes.iter().any(|other| other.text == barcode.text);
        if !known && barcodes.len() < BARCODES_MAX {
            barcodes.push(barcode);
        }
    }
    barcodes
}

fn barcode(result: &RXingResult, width: u32, height: u32) -> Option<Barcode> {
    let format = result.getBarcodeFormat();
    let (_, symbology) = SYMBOLOGIES.iter().find(|(known, _)| known == format)?;
    let corners = result.getPoints().iter().map(|point| {
        let (x, y) = (
            Fraction::of(point.x.into(), width.into()),
            Fraction::of(point.y.into(), height.into()),
        );
        Region {
            left: x,
            top: y,
            right: x,
            bottom: y,
        }
    });
    Some(Barcode {
        symbology: (*symbology).to_owned(),
        text: text_of(result),
        region: corners.reduce(Region::union),
    })
}

/// What it says; the number of a connection point behind the GS1 identifier of service relations (8018) stands apart from it.
fn text_of(result: &RXingResult) -> String {
    /// GS1 General Specifications: a GSRN has 18 digits.
    const GSRN_DIGITS: usize = 18;
    let text = result.getText();
    let metadata = result.getRXingResultMetadata();
    let is_gs1 = matches!(
        metadata.get(&RXingResultMetadataType::SYMBOLOGY_IDENTIFIER),
        Some(RXingResultMetadataValue::SymbologyIdentifier(id)) if matches!(id.as_str(), "]C1" | "]Q3" | "]d2")
    );
    match text.strip_prefix("8018") {
        Some(number) if is_gs1 && number.len() == GSRN_DIGITS => format!("8018 {number}"),
        _ => text.to_owned(),
    }
}

/// TIFF (Adobe, revision 6.0, section 2) chains its pictures; only the first is read.
pub(super) fn further_pages(bytes: &[u8]) -> FurtherPages {
    next_of_first_directory(bytes)
        .filter(|next| *next != 0)
        .map_or(FurtherPages::None, |_| FurtherPages::NotRead)
}

fn next_of_first_directory(bytes: &[u8]) -> Option<u32> {
    const ENTRY_BYTES: usize = 12;
    let little = match bytes.get(..4)? {
        b"II*\0" => Endian::Little,
        b"MM\0*" => Endian::Big,
        _ => return None,
    };
    let first = usize::try_from(little.number(bytes.get(4..8)?)).ok()?;
    let entries = usize::try_from(little.number(bytes.get(first..first.checked_add(2)?)?)).ok()?;
    let next = first.checked_add(2 + entries * ENTRY_BYTES)?;
    Some(little.number(bytes.get(next..next.checked_add(4)?)?))
}

#[derive(Clone, Copy)]
enum Endian {
    Little,
    Big,
}

impl Endian {
    fn number(self, bytes: &[u8]) -> u32 {
        let add = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
        match self {
            Endian::Little => bytes.iter().rev().fold(0, add),
            Endian::Big => bytes.iter().fold(0, add),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn job(folder: &tempfile::TempDir, pixels_max: u64) -> PictureJob {
        PictureJob {
            pixels_max,
            memory_bytes: 64 * 1024 * 1024,
            percent: None,
            write: folder.path().join("grey.pgm"),
        }
    }

    #[test]
    fn what_is_transparent_is_paper() {
        let mut picture = image::RgbaImage::new(700, 2);
        picture.put_pixel(0, 0, image::Rgba([0, 0, 0, 255]));
        let folder = tempfile::tempdir().unwrap();
        let job = job(&folder, 10_000);
        let report = read_picture(&job, &png(&picture.into())).unwrap();
        assert_eq!((report.width, report.height), (700, 2));
        let written = std::fs::read(&job.write).unwrap();
        assert!(written.starts_with(b"P5\n700 2\n255\n\x00\xFF\xFF"));
    }

    #[test]
    fn a_picture_with_too_many_pixels_is_not_decoded() {
        let folder = tempfile::tempdir().unwrap();
        let picture = DynamicImage::new_luma8(100, 101);
        let fault = read_picture(&job(&folder, 10_000), &png(&picture)).unwrap_err();
        assert_eq!(fault, AttachmentFault::TooManyPixels { limit_pixels: 10_000 });
    }

    #[test]
    fn large_pictures_shrink_and_small_ones_grow() {
        let large = scaled(GrayImage::new(9000, 4000));
        assert!(u64::from(large.width()) * u64::from(large.height()) <= GREY_PIXELS_MAX);
        assert!(large.width() > 3600 && large.height() > 1600);
        assert_eq!(scaled(GrayImage::new(300, 100)).dimensions(), (600, 200));
        assert_eq!(scaled(GrayImage::new(1, 1_000_000)).dimensions(), (1, 1_000_000));
    }

    #[test]
    fn a_second_page_of_a_tiff_is_noticed() {
        let mut tiff = b"II*\0\x08\0\0\0\0\0".to_vec();
        tiff.extend_from_slice(&[0; 4]);
        assert_eq!(further_pages(&tiff), FurtherPages::None);
        tiff[10] = 1;
        assert_eq!(further_pages(&tiff), FurtherPages::NotRead);
        assert_eq!(further_pages(b"MM\0*\xFF\xFF\xFF\xFF"), FurtherPages::None);
    }
}
