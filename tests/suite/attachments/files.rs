//! Files for the tests, made here: PDFs object by object, pictures pixel by pixel.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder};

/// A PDF of these objects; the first is the catalogue. Object numbers begin at 1.
pub(super) fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", number + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    file.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    file
}

pub(super) fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

pub(super) fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len()).into_bytes();
    object.extend(bytes);
    object.extend(b"\nendstream");
    object
}

/// What draws a line of text.
fn line(text: &str) -> Vec<u8> {
    format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET").into_bytes()
}

const FONT: &str = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
const CATALOGUE: &str = "<< /Type /Catalog /Pages 2 0 R >>";

/// Pages with one line each, all drawn by the same content.
pub(super) fn pdf_of_text(pages: usize, text: &str) -> Vec<u8> {
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", page + 4)).collect();
    let mut objects = vec![
        object(CATALOGUE),
        object(&format!("<< /Type /Pages /Count {pages} /Kids [ {kids}] >>")),
        stream("", &line(text)),
    ];
    let page =
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {FONT} /Contents 3 0 R >>");
    objects.extend((0..pages).map(|_| object(&page)));
    pdf(&objects, "")
}

/// One page, drawn by `content` with these resources; further objects begin at 5.
pub(super) fn pdf_of_page(
    resources: &str,
    content: Vec<u8>,
    further: Vec<Vec<u8>>,
    trailer: &str,
) -> Vec<u8> {
    let mut objects = vec![
        object(CATALOGUE),
        object("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>"),
        object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents 4 0 R >>"
        )),
        content,
    ];
    objects.extend(further);
    pdf(&objects, trailer)
}

/// A scan: a page that is a picture (JPEG) and nothing else.
pub(super) fn pdf_of_scan(jpeg: &[u8]) -> Vec<u8> {
    let picture = image::load_from_memory(jpeg).unwrap();
    let (width, height) = (picture.width(), picture.height());
    let shown_height = 500 * height / width;
    pdf_of_page(
        "<< /XObject << /P 5 0 R >> >>",
        stream(
            "",
            format!("q 500 0 0 {shown_height} 40 300 cm /P Do Q").as_bytes(),
        ),
        vec![stream(
            &format!(
                "/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB \
                 /BitsPerComponent 8 /Filter /DCTDecode"
            ),
            jpeg,
        )],
        "",
    )
}

/// A PDF that wants a password: no key fits the check values it gives.
pub(super) fn pdf_with_password() -> Vec<u8> {
    let check = "00".repeat(32);
    let encryption = format!("<< /Filter /Standard /V 1 /R 2 /P -44 /O <{check}> /U <{check}> >>");
    let trailer = format!("/Encrypt 5 0 R /ID [<{check}> <{check}>]");
    pdf_of_page(
        FONT,
        stream("", &line("EAN")),
        vec![object(&encryption)],
        &trailer,
    )
}

/// The picture lying on its side, as a camera writes it, with the word of EXIF that says how it was held.
pub(super) fn photo_on_its_side(jpeg: &[u8]) -> Vec<u8> {
    /// TIFF header, one entry: tag 0x0112 (Orientation), one SHORT, 6: to be turned right by 90 degrees.
    const EXIF: [u8; 26] = [
        b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
    ];
    let on_its_side = image::load_from_memory(jpeg).unwrap().rotate270();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(EXIF.to_vec()).unwrap();
    on_its_side.write_with_encoder(encoder).unwrap();
    bytes
}

pub(super) fn as_file(picture: DynamicImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG whose header promises so many pixels and that holds a few.
pub(super) fn jpeg_that_promises(side: u16) -> Vec<u8> {
    let mut bytes = as_file(DynamicImage::new_rgb8(16, 16), image::ImageFormat::Jpeg);
    // Start of frame (ITU-T T.81, B.2.2): marker, length, precision, height, width.
    let frame = bytes
        .windows(2)
        .position(|marker| marker == [0xFF, 0xC0])
        .unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&side.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&side.to_be_bytes());
    bytes
}

/// A page that draws a form ten times, which draws the next ten times, and so on: ten to the power of nine words.
pub fn pdf_that_never_ends() -> Vec<u8> {
    const DEPTH: usize = 9;
    let form = |next: usize| {
        let resources = format!("<< /XObject << /N {next} 0 R >> {} >>", &FONT[2..FONT.len() - 2]);
        let draw = format!("BT /F1 12 Tf 9 9 Td (word) Tj ET {}", "/N Do ".repeat(10));
        stream(
            &format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources {resources}"),
            draw.as_bytes(),
        )
    };
    let forms = (0..DEPTH).map(|number| form(number + 6)).collect();
    pdf_of_page("<< /XObject << /N 5 0 R >> >>", stream("", b"/N Do"), forms, "")
}
