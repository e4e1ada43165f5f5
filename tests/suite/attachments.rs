//! Attachments read from outside: real bills, photos and scans, and files that mean harm.

pub mod files;
mod hostile;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use estafette::attachments::{Limits, Tools, read_attachments};
use estafette::reading::{self, Attachment, AttachmentFault, AttachmentText, Message};
use estafette::registration::TextSource;

/// What ending a child and cleaning up after it may take beyond its limit, on a busy machine.
const GRACE: Duration = Duration::from_secs(10);

fn tools() -> Tools {
    Tools::new(env!("CARGO_BIN_EXE_estafette").into())
}

fn read_within(message: &Message, tools: &Tools, limits: &Limits) -> Vec<AttachmentText> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let began = Instant::now();
    let texts = runtime
        .unwrap()
        .block_on(read_attachments(message, tools, limits));
    let limit = Duration::from_secs(limits.seconds_per_message_max) + GRACE;
    assert!(began.elapsed() < limit, "it took {:?}", began.elapsed());
    texts
}

fn message(attachments: Vec<Attachment>) -> Message {
    Message {
        attachments,
        ..reading::read(b"From: a@b.test\r\n\r\n")
    }
}

fn attachment(name: &str, content_type: &str, content: Vec<u8>) -> Attachment {
    Attachment {
        name: Some(name.into()),
        content_type: content_type.into(),
        content,
        inline: false,
    }
}

fn read_one(name: &str, content_type: &str, content: Vec<u8>) -> AttachmentText {
    let message = message(vec![attachment(name, content_type, content)]);
    let mut texts = read_within(&message, &tools(), &Limits::default());
    assert_eq!(texts.len(), 1);
    texts.remove(0)
}

fn reply(name: &str) -> Message {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/replies");
    reading::read(&std::fs::read(folder.join(name)).unwrap())
}

/// Every line as one text, spaces left out: a bill may print its numbers in groups.
fn without_spaces(text: &AttachmentText) -> String {
    let pages = text.pages.iter().map(|page| page.text.replace(' ', ""));
    pages.collect()
}

#[test]
fn values_of_real_bills_and_photos_are_read() {
    let replies = [
        ("0004.eml", vec!["541448860005118254"]),
        ("0015.eml", vec!["541456700001237377"]),
        ("0023.eml", vec!["541460900005313241"]),
        ("0051.eml", vec!["541448920005187237"]),
        ("0071.eml", vec!["541449060002364985"]),
        ("0072.eml", vec!["541448860986216826", "7FLO2119043587"]),
        ("0076.eml", vec!["541448860002090607"]),
        ("0094.eml", vec!["541448920001778385", "541448920000681679"]),
    ];
    for (name, values) in replies {
        let texts = read_within(&reply(name), &tools(), &Limits::default());
        assert_eq!(texts.len(), 1, "{name}");
        assert_eq!(texts[0].faults, [], "{name}");
        let read = without_spaces(&texts[0]);
        for value in values {
            assert!(read.contains(value), "{name}: {value} is not in\n{read}");
        }
    }
}

#[test]
fn a_value_has_its_page_its_region_and_how_it_was_read() {
    let texts = read_within(&reply("0094.eml"), &tools(), &Limits::default());
    let (page, at) = texts[0]
        .pages
        .iter()
        .find_map(|page| Some((page, page.text.find("541448920000681679")?)))
        .unwrap();
    let place = texts[0].place_of(page, &(at..at + 18)).unwrap();
    assert_eq!(place.source, TextSource::TextLayer);
    let region = place.region.unwrap();
    assert!(
        region.left < region.right && region.top < region.bottom,
        "{region:?}"
    );
    assert!(
        place
            .to_string()
            .contains(&format!("page {} of Brabelec", page.number))
    );

    let texts = read_within(&reply("0076.eml"), &tools(), &Limits::default());
    let page = &texts[0].pages[0];
    let barcode = TextSource::Barcode {
        symbology: "code_128".into(),
    };
    let line = page.lines.iter().find(|line| line.source == barcode).unwrap();
    assert_eq!(page.text_of(&line.range), "541448860002090607");
    assert!(page.lines.iter().any(
        |line| matches!(line.source, TextSource::Ocr { confidence_percent } if confidence_percent > 80)
    ));
}

#[test]
fn a_pdf_is_one_whatever_its_mail_calls_it() {
    for (name, content_type) in [("bill", "application/octet-stream"), ("bill.txt", "text/plain")] {
        let content = reply("0015.eml").attachments[0].content.clone();
        let text = read_one(name, content_type, content);
        assert!(without_spaces(&text).contains("541456700001237377"), "{text:?}");
    }
}

#[test]
fn what_an_attached_message_brings_is_read_too() {
    let inner = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/replies/0015.eml");
    let message = message(vec![attachment(
        "fwd.eml",
        "message/rfc822",
        std::fs::read(inner).unwrap(),
    )]);
    let texts = read_within(&message, &tools(), &Limits::default());
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    assert_eq!(names, ["fwd.eml", "fwd.eml/Facture_MV26-1180427.pdf"]);
    assert_eq!(texts[0].pages[0].lines[0].source, TextSource::NestedMessage);
    assert!(without_spaces(&texts[1]).contains("541456700001237377"));
    assert_eq!((texts[0].attachment, texts[1].attachment), (0, 0));
}

#[test]
fn a_scan_and_a_photo_on_its_side_are_read() {
    let photo = reply("0004.eml").attachments[0].content.clone();
    let scan = read_one("scan.pdf", "application/pdf", files::pdf_of_scan(&photo));
    let turned = read_one("IMG_1.jpeg", "image/jpeg", files::photo_on_its_side(&photo));
    let upside_down = image::load_from_memory(&photo).unwrap().rotate180();
    let upside_down = files::as_file(upside_down, image::ImageFormat::Png);
    let upside_down = read_one("IMG_2.png", "image/png", upside_down);
    for text in [scan, turned, upside_down] {
        assert_eq!(text.faults, []);
        assert!(without_spaces(&text).contains("541448860005118254"), "{text:?}");
        let line = &text.pages[0].lines[0];
        assert!(matches!(line.source, TextSource::Ocr { .. }));
        let region = line.words[0].region.unwrap();
        assert!(region.left < region.right && region.top < region.bottom);
    }
}

/// Tesseract reads the 5 of this number as a 9, and is sure of it, where the letters are large.
#[test]
fn a_photo_of_a_phone_is_read_at_the_size_that_suits_it() {
    let photo = reply("0004.eml").attachments[0].content.clone();
    let large = image::load_from_memory(&photo).unwrap();
    let large = large.resize(4032, 3024, image::imageops::FilterType::Triangle);
    let text = read_one(
        "IMG_3.jpg",
        "image/jpeg",
        files::as_file(large, image::ImageFormat::Jpeg),
    );
    assert!(without_spaces(&text).contains("541448860005118254"), "{text:?}");
    let page = &text.pages[0];
    let sure = |wanted: &str| {
        let at = page.text.find(wanted).unwrap();
        match text.place_of(page, &(at..at + wanted.len())).unwrap().source {
            TextSource::Ocr { confidence_percent } => confidence_percent,
            other => panic!("{other:?}"),
        }
    };
    assert!(sure("541448860005118254") <= 40, "the two readings differ");
    assert!(sure("4410087325") > 80, "the two readings agree");
}

#[test]
fn a_missing_tool_is_said() {
    let nowhere = Tools::new(PathBuf::from("/nonexistent/estafette"));
    let content = reply("0015.eml").attachments[0].content.clone();
    let texts = read_within(
        &message(vec![attachment("a.pdf", "application/pdf", content)]),
        &nowhere,
        &Limits::default(),
    );
    let tool = "/nonexistent/estafette".into();
    assert_eq!(texts[0].faults, [AttachmentFault::ToolMissing { tool }]);

    let nothing_installed = tools().with_path("/nonexistent".into());
    let bill = reply("0015.eml").attachments.remove(0);
    let label = reply("0071.eml").attachments.remove(0);
    let texts = read_within(
        &message(vec![bill, label]),
        &nothing_installed,
        &Limits::default(),
    );
    let missing = |tool: &str| AttachmentFault::ToolMissing { tool: tool.into() };
    assert_eq!(texts[0].faults, [missing("pdftotext")]);
    assert_eq!(texts[1].faults, [missing("tesseract")]);
    // Barcodes need nobody's help.
    assert_eq!(texts[1].pages[0].text, "541449060002364985\n");
}

#[test]
fn whoever_is_not_installed_is_missed_by_the_doctor() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.unwrap();
    let said = runtime.block_on(tools().check()).unwrap();
    for word in ["pdftotext", "pdftoppm", "tesseract", "fra, nld, deu, eng"] {
        assert!(said.contains(word), "{said}");
    }
    let fault = runtime
        .block_on(tools().with_path("/nonexistent".into()).check())
        .unwrap_err();
    for word in ["pdftotext", "pdftoppm", "tesseract"] {
        assert!(fault.what.contains(word), "{}", fault.what);
    }
    assert!(fault.remedy.contains("apt install poppler-utils tesseract-ocr"));
}
