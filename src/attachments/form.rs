//! What an attachment is: by its first bytes, for senders call a PDF what they like; by its declared type where bytes cannot tell.

/// How an attachment is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    Pdf,
    /// A picture that we decode.
    Picture,
    Text,
    Csv,
    Message,
    Empty,
    Other {
        content_type: String,
    },
}

/// Some writers put bytes before the `%PDF-` of a PDF; readers look for it here (PDF 1.7, annex H.3.4.1).
const PDF_MARK_WITHIN_BYTES: usize = 1024;

const PICTURES: [&[u8]; 9] = [
    b"\xFF\xD8\xFF",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\0",
    b"MM\0*",
    b"P4\n",
    b"P5\n",
    b"P6\n",
];

/// Bytes that begin what is not read, with its type.
const NOT_READ: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "application/zip"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"),
    (b"\x78\x9F\x3E\x22", "application/ms-tnef"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"),
];

impl Form {
    /// The form of a file. `content_type` is the declared one, in lower case.
    pub(super) fn of(content: &[u8], content_type: &str, name: &str) -> Form {
        if content.is_empty() {
            return Form::Empty;
        }
        // An attached message is one even when a PDF stands right at its beginning.
        if matches!(content_type, "message/rfc822" | "message/global") {
            return Form::Message;
        }
        let head = &content[..content.len().min(PDF_MARK_WITHIN_BYTES)];
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Form::Pdf;
        }
        if is_picture(content, content_type) {
            return Form::Picture;
        }
        if content.get(4..8) == Some(b"ftyp") {
            return other(content_type, "image/heic");
        }
        if let Some((_, kind)) = NOT_READ.iter().find(|(begin, _)| content.starts_with(begin)) {
            return other(content_type, kind);
        }
        by_declaration(content, content_type, name)
    }
}

fn is_picture(content: &[u8], content_type: &str) -> bool {
    PICTURES.iter().any(|begin| content.starts_with(begin))
        || (content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP"))
        // Two letters, which a text may begin with too.
        || (content.starts_with(b"BM") && content_type.starts_with("image/"))
}

fn by_declaration(content: &[u8], content_type: &str, name: &str) -> Form {
    let name = name.to_lowercase();
    let undeclared = matches!(
        content_type,
        "application/octet-stream" | "text/plain" | "application/vnd.ms-excel"
    );
    if name.ends_with(".eml") && content_type != "text/html" && is_text(content) {
        Form::Message
    } else if !is_text(content) {
        other(content_type, "application/octet-stream")
    } else if content_type == "text/csv" || (undeclared && name.ends_with(".csv")) {
        Form::Csv
    } else if content_type == "text/plain" || (undeclared && name.ends_with(".txt")) {
        Form::Text
    } else {
        other(content_type, "application/octet-stream")
    }
}

/// UTF-16 with its mark, or bytes without NUL.
fn is_text(content: &[u8]) -> bool {
    const LOOKED_AT_BYTES: usize = 64 * 1024;
    content.starts_with(b"\xFF\xFE")
        || content.starts_with(b"\xFE\xFF")
        || !content[..content.len().min(LOOKED_AT_BYTES)].contains(&0)
}

/// The declared type says more than the bytes (a `.docx` is a ZIP), unless it says nothing, or something else that we read.
fn other(declared: &str, found: &str) -> Form {
    let says_nothing = declared == "application/octet-stream"
        || declared.starts_with("text/plain")
        || declared == "application/pdf"
        || declared.is_empty();
    let content_type = if says_nothing { found } else { declared };
    Form::Other {
        content_type: content_type.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(content: &[u8], content_type: &str, name: &str) -> Form {
        Form::of(content, content_type, name)
    }

    fn not_read(content_type: &str) -> Form {
        Form::Other {
            content_type: content_type.into(),
        }
    }

    #[test]
    fn the_bytes_tell_what_a_file_is() {
        for declared in [
            "text/plain",
            "application/octet-stream",
            "image/jpeg",
            "application/pdf",
        ] {
            assert_eq!(form(b"\n\n%PDF-1.4 ...", declared, "bill"), Form::Pdf);
            assert_eq!(form(b"\xFF\xD8\xFF\xE0", declared, "bill.pdf"), Form::Picture);
        }
        assert_eq!(form(b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", "x"), Form::Picture);
        assert_eq!(form(b"BM\0\0", "image/bmp", "x.bmp"), Form::Picture);
        assert_eq!(form(b"BMW for sale", "text/plain", "x.txt"), Form::Text);
    }

    #[test]
    fn what_is_not_read_is_named() {
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        assert_eq!(form(b"PK\x03\x04", docx, "x.docx"), not_read(docx));
        assert_eq!(
            form(b"PK\x03\x04", "application/octet-stream", "x"),
            not_read("application/zip")
        );
        assert_eq!(
            form(b"\0\0\0\x18ftypheic", "image/heic", "x"),
            not_read("image/heic")
        );
        assert_eq!(
            form(b"\x78\x9F\x3E\x22\0", "application/octet-stream", "winmail.dat"),
            not_read("application/ms-tnef")
        );
        assert_eq!(
            form(b"a\0b", "text/plain", "x.txt"),
            not_read("application/octet-stream")
        );
        assert_eq!(form(b"<html>", "text/html", "x.html"), not_read("text/html"));
    }

    #[test]
    fn texts_tables_and_messages_are_told_by_type_and_name() {
        assert_eq!(form(b"", "application/pdf", "x.pdf"), Form::Empty);
        assert_eq!(form(b"a", "text/plain", "x"), Form::Text);
        assert_eq!(form(b"a;b", "application/vnd.ms-excel", "X.CSV"), Form::Csv);
        assert_eq!(form(b"a;b", "text/csv", "x"), Form::Csv);
        assert_eq!(form(b"From: a", "message/rfc822", ""), Form::Message);
        assert_eq!(
            form(b"From: a", "application/octet-stream", "x.eml"),
            Form::Message
        );
        assert_eq!(form(b"\xFF\xFEa\0", "text/plain", "x"), Form::Text);
    }
}
