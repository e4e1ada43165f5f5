//! Files that mean harm: each ends within its limits, as a fault of its own, and the next one is read.

use super::files::{self, object, pdf, stream};
use super::*;

fn faults(name: &str, content: Vec<u8>) -> Vec<AttachmentFault> {
    read_one(name, "application/octet-stream", content).faults
}

fn is_unreadable(faults: &[AttachmentFault]) -> bool {
    matches!(faults, [AttachmentFault::Unreadable { .. }])
}

#[test]
fn a_pdf_of_many_pages_is_read_by_its_first() {
    let text = read_one(
        "pages.pdf",
        "application/pdf",
        files::pdf_of_text(10_000, "EAN 5414 4882 0012 3456 78 of page one"),
    );
    let limit_pages = Limits::default().pages_max;
    assert_eq!(text.faults, [AttachmentFault::TooManyPages { limit_pages }]);
    assert_eq!(text.pages.len(), limit_pages as usize);
}

#[test]
fn a_pdf_that_wants_a_password_says_so() {
    assert_eq!(
        faults("secret.pdf", files::pdf_with_password()),
        [AttachmentFault::Encrypted]
    );
}

#[test]
fn a_pdf_whose_pages_go_round_in_circles_ends() {
    let circle = pdf(
        &[
            object("<< /Type /Catalog /Pages 2 0 R >>"),
            object("<< /Type /Pages /Count 9 /Parent 2 0 R /Kids [ 2 0 R 2 0 R 2 0 R ] >>"),
        ],
        "",
    );
    let text = read_one("circle.pdf", "application/pdf", circle);
    assert_eq!(text.pages, []);
}

#[test]
fn a_pdf_whose_forms_draw_each_other_without_end_ends() {
    let file = files::pdf_that_never_ends();
    let limits = Limits {
        seconds_per_attachment_max: 5,
        ..Limits::default()
    };
    let message = message(vec![
        attachment("loop.pdf", "application/pdf", file),
        attachment("next.txt", "text/plain", b"the next one".to_vec()),
    ]);
    let texts = read_within(&message, &tools(), &limits);
    assert_eq!(texts[0].faults, [AttachmentFault::TimedOut { limit_seconds: 5 }]);
    assert_eq!(texts[1].pages[0].text, "the next one\n");
}

#[test]
fn a_pdf_that_unpacks_to_gigabytes_ends() {
    // A run-length filter makes 128 bytes of two, and a second one of that again: 20 MB of content of 10 kB, 20 times.
    let once = [0x81, b' '].repeat(2000);
    let twice: Vec<u8> = once.iter().flat_map(|byte| [0, *byte]).collect();
    let content = stream("/Filter [/RunLengthDecode /RunLengthDecode]", &twice);
    let mut objects = vec![
        object("<< /Type /Catalog /Pages 2 0 R >>"),
        object("<< /Type /Pages /Count 1 /Kids [ 3 0 R ] >>"),
        object(&format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200000 200000] /Contents [ {}] >>",
            "4 0 R ".repeat(100_000)
        )),
        content,
    ];
    objects.push(object("<< >>"));
    let limits = Limits {
        seconds_per_attachment_max: 5,
        ..Limits::default()
    };
    let bomb = attachment("bomb.pdf", "application/pdf", pdf(&objects, ""));
    let texts = read_within(&message(vec![bomb]), &tools(), &limits);
    assert_eq!(texts[0].pages, []);
    assert_eq!(texts[0].faults.len(), 1, "{:?}", texts[0].faults);
}

#[test]
fn damaged_files_are_faults() {
    let bill = reply("0015.eml").attachments[0].content.clone();
    let photo = reply("0004.eml").attachments[0].content.clone();
    let cut = |bytes: &[u8], kept: usize| bytes[..kept].to_vec();
    assert!(is_unreadable(&faults("cut.jpg", cut(&photo, 300))));
    assert!(is_unreadable(&faults("none.pdf", b"%PDF-1.4\nnothing".to_vec())));
    assert!(is_unreadable(&faults("empty.pdf", Vec::new())));
    // Half a PDF has lost its list of objects; what can be found of it is read, or it is a fault.
    let text = read_one("cut.pdf", "application/pdf", cut(&bill, bill.len() / 2));
    assert!(!text.pages.is_empty() || !text.faults.is_empty());
}

#[test]
fn pictures_that_promise_too_much_are_not_decoded() {
    let limit_pixels = Limits::default().pixels_max;
    assert_eq!(
        faults("promise.jpg", files::jpeg_that_promises(30_000)),
        [AttachmentFault::TooManyPixels { limit_pixels }]
    );
    let bomb = image::DynamicImage::new_luma8(8_100, 8_100);
    assert_eq!(
        faults("bomb.png", files::as_file(bomb, image::ImageFormat::Png)),
        [AttachmentFault::TooManyPixels { limit_pixels }]
    );
}

#[test]
fn a_picture_as_large_as_may_be_is_read_within_its_limits() {
    let blank = image::DynamicImage::new_luma8(8_000, 7_900);
    let text = read_one(
        "blank.png",
        "image/png",
        files::as_file(blank, image::ImageFormat::Png),
    );
    assert_eq!((text.pages, text.faults), (vec![], vec![]));
}

#[test]
fn a_text_of_twenty_megabytes_is_read_by_its_beginning() {
    let text = read_one("log.txt", "text/plain", b"5414 4882\n".repeat(2_000_000));
    let limit_bytes = Limits::default().text_bytes_max;
    assert_eq!(text.faults, [AttachmentFault::TooMuchText { limit_bytes }]);
    assert!(text.pages[0].text.len() as u64 <= limit_bytes);
}

#[test]
fn too_large_too_many_and_unknown_files_are_named() {
    let limits = Limits {
        attachment_bytes_max: 100,
        attachments_per_message_max: 2,
        ..Limits::default()
    };
    let message = message(vec![
        attachment("large.txt", "text/plain", vec![b'a'; 101]),
        attachment("a.docx", "application/zip", b"PK\x03\x04".to_vec()),
        attachment("third.txt", "text/plain", b"a".to_vec()),
    ]);
    let texts = read_within(&message, &tools(), &limits);
    let faults: Vec<AttachmentFault> = texts.into_iter().flat_map(|text| text.faults).collect();
    assert_eq!(
        faults,
        [
            AttachmentFault::TooLarge { limit_bytes: 100 },
            AttachmentFault::Unsupported {
                content_type: "application/zip".into()
            },
            AttachmentFault::TooManyAttachments { limit: 2 },
        ]
    );
}

#[test]
fn memory_is_limited_and_time_of_the_processor_too() {
    let mut limits = Limits::default();
    limits.child.memory_bytes = 300 * 1024 * 1024;
    // As many pixels as may be, in colour: 190 MB.
    let file = files::jpeg_that_promises(8_000);
    let large = message(vec![attachment("a.jpg", "image/jpeg", file)]);
    let faults = &read_within(&large, &tools(), &limits)[0].faults;
    assert!(is_unreadable(faults), "{faults:?}");

    let mut limits = Limits::default();
    limits.child.cpu_seconds = 1;
    let endless = attachment("loop.pdf", "application/pdf", files::pdf_that_never_ends());
    let began = Instant::now();
    let texts = read_within(&message(vec![endless]), &tools(), &limits);
    assert_eq!(texts[0].faults, [AttachmentFault::TimedOut { limit_seconds: 1 }]);
    assert!(began.elapsed() < Duration::from_secs(limits.seconds_per_attachment_max));
}

#[test]
fn the_attachments_of_one_message_share_its_time() {
    let limits = Limits {
        seconds_per_message_max: 2,
        ..Limits::default()
    };
    let endless = attachment("loop.pdf", "application/pdf", files::pdf_that_never_ends());
    let bill = reply("0015.eml").attachments.remove(0);
    let timed_out = [AttachmentFault::TimedOut { limit_seconds: 2 }];
    for text in read_within(&message(vec![endless, bill]), &tools(), &limits) {
        assert_eq!((text.pages.len(), &text.faults[..]), (0, &timed_out[..]));
    }
}

#[test]
fn the_names_of_files_are_never_used_as_names_and_nothing_is_left_behind() {
    let names = ["../../evil.pdf", "-o", "/etc/passwd", "a;touch b.pdf"];
    let bill = reply("0015.eml").attachments[0].content.clone();
    let attachments = names.map(|name| attachment(name, "application/pdf", bill.clone()));
    for text in read_within(&message(attachments.to_vec()), &tools(), &Limits::default()) {
        assert!(without_spaces(&text).contains("541456700001237377"), "{text:?}");
    }

    let temporary = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_estafette"))
        .arg("interpret")
        .arg("--registration")
        .arg(corpus.join("registrations/REG-4T8VB2KD.json"))
        .arg(corpus.join("replies/0015.eml"))
        .env("TMPDIR", temporary.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0);
}
