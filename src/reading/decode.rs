//! Transfer encodings and charsets: bytes of a leaf part -> bytes, or text.
//!
//! Own decoders, since a customer's mail is often slightly wrong: unpadded base64, stray bytes, an undeclared charset.
//! Whatever is wrong is kept as well as it can be; nothing fails.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Content-Transfer-Encoding (RFC 2045), by its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TransferEncoding {
    Identity,
    QuotedPrintable,
    Base64,
}

impl TransferEncoding {
    pub(crate) fn from_header(value: &str) -> TransferEncoding {
        let token = value.trim().trim_matches('"');
        if token.eq_ignore_ascii_case("quoted-printable") {
            TransferEncoding::QuotedPrintable
        } else if token.eq_ignore_ascii_case("base64") {
            TransferEncoding::Base64
        } else {
            TransferEncoding::Identity
        }
    }

    pub(crate) fn decode(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            TransferEncoding::Identity => bytes.to_vec(),
            TransferEncoding::QuotedPrintable => quoted_printable(bytes),
            TransferEncoding::Base64 => base64(bytes),
        }
    }
}

/// Quoted-printable of RFC 2045; a `=` that begins no escape stays as it is.
pub(crate) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let (content, ending) = split_line_end(line);
        // White space at the end of a line is padding of the transport (RFC 2045, 6.7, rule 3).
        let content = trim_trailing_blanks(content);
        let soft_break = content.last() == Some(&b'=');
        let content = if soft_break {
            &content[..content.len() - 1]
        } else {
            content
        };
        push_unescaped(content, b'=', &mut decoded);
        if !soft_break {
            decoded.extend_from_slice(ending);
        }
    }
    decoded
}

fn split_line_end(line: &[u8]) -> (&[u8], &[u8]) {
    let content = line.strip_suffix(b"\n").unwrap_or(line);
    let content = content.strip_suffix(b"\r").unwrap_or(content);
    (content, &line[content.len()..])
}

fn trim_trailing_blanks(line: &[u8]) -> &[u8] {
    let end = line
        .iter()
        .rposition(|byte| !matches!(byte, b' ' | b'\t'))
        .map_or(0, |last| last + 1);
    &line[..end]
}

/// Appends `bytes` with every `=XX` (or `%XX`) replaced by its byte.
pub(crate) fn push_unescaped(bytes: &[u8], escape: u8, decoded: &mut Vec<u8>) {
    let mut at = 0;
    while at < bytes.len() {
        let pair = (
            bytes.get(at + 1).copied().and_then(hex),
            bytes.get(at + 2).copied().and_then(hex),
        );
        match pair {
            (Some(high), Some(low)) if bytes[at] == escape => {
                decoded.push(high << 4 | low);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
}

/// Takes a last character of UTF-8 away that is not whole: of bytes that were cut.
pub(crate) fn drop_cut_character(bytes: &mut Vec<u8>) {
    const CHARACTER_BYTES_MAX: usize = 4;
    let mut last = bytes.iter().rev().take(CHARACTER_BYTES_MAX);
    let begins = |byte: &u8| byte & 0b1100_0000 != 0b1000_0000;
    let Some(start) = last.position(begins).map(|back| bytes.len() - 1 - back) else {
        return;
    };
    if std::str::from_utf8(&bytes[start..]).is_err_and(|error| error.error_len().is_none()) {
        bytes.truncate(start);
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

/// Base64, padded or not; bytes outside the alphabet are passed over, as RFC 2045 asks.
pub(crate) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut buffer, mut bits) = (0u32, 0u32);
    for byte in bytes {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            // Padding ends a run; some clients glue two runs together.
            b'=' => {
                (buffer, bits) = (0, 0);
                continue;
            }
            _ => continue,
        };
        buffer = (buffer << 6 | u32::from(value)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            decoded.push(((buffer >> bits) & 0xFF) as u8);
        }
    }
    decoded
}

/// Text of the given charset. Without one, or with one that cannot be: UTF-8 where it is valid, else windows-1252.
pub(crate) fn text(bytes: &[u8], charset: Option<&str>) -> String {
    if charset.is_some_and(|charset| {
        charset
            .trim_matches(['"', ' '])
            .to_ascii_lowercase()
            .ends_with("utf-7")
    }) {
        return utf7(bytes);
    }
    // A byte order mark tells more than the label: `utf-16` may be either order.
    let declared = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| charset.and_then(encoding_for));
    let encoding = match declared {
        // Declared as ASCII yet with high bytes, or declared as UTF-8 yet not: believe the bytes.
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if std::str::from_utf8(strip_bom(bytes)).is_ok() => UTF_8,
        _ if declared == Some(UTF_8) && mostly_utf8(bytes) => UTF_8,
        _ => WINDOWS_1252,
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    text.into_owned()
}

/// UTF-7 of RFC 2152: `caf+AOk-`. What is no such run stays as it is.
fn utf7(bytes: &[u8]) -> String {
    let mut decoded = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(plus) = rest.iter().position(|byte| *byte == b'+') {
        decoded.push_str(&String::from_utf8_lossy(&rest[..plus]));
        let run = &rest[plus + 1..];
        let length = run
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
            .count();
        if length == 0 {
            decoded.push('+');
        } else {
            let units: Vec<u16> = base64(&run[..length])
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            decoded.push_str(&String::from_utf16_lossy(&units));
        }
        let ended = usize::from(run.get(length) == Some(&b'-'));
        rest = &run[length + ended..];
    }
    decoded.push_str(&String::from_utf8_lossy(rest));
    decoded
}

fn strip_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// A UTF-8 text that was cut or damaged in a place or two is still UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good > bad
}

fn encoding_for(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    match label.as_str() {
        // The encoding standard maps `us-ascii` to windows-1252; mails so labelled are as often UTF-8.
        "us-ascii" | "ascii" | "ansi_x3.4-1968" | "unknown-8bit" | "x-unknown" | "" => None,
        "utf8mb4" | "utf_8" | "utf-8-sig" => Some(UTF_8),
        "iso8859_1" | "iso-latin-1" | "8859-1" | "latin-1" | "cp-1252" | "ansi" => Some(WINDOWS_1252),
        other => Encoding::for_label_no_replacement(other.as_bytes()),
    }
}

/// The charset that an HTML source names for itself (`<meta charset=...>`), for when its part names none.
pub(crate) fn html_meta_charset(bytes: &[u8]) -> Option<String> {
    /// The HTML standard looks at the first 1024 bytes; Outlook's style sheets come before its meta.
    const LOOKED_AT_BYTES: usize = 4096;
    let head = &bytes[..bytes.len().min(LOOKED_AT_BYTES)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = &head[head.find("charset=")? + "charset=".len()..];
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// A header's bytes as text: UTF-8 where valid, else windows-1252.
pub(crate) fn header_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(text(bytes, None)),
    }
}

/// Encoded words of RFC 2047 resolved. Neighbours of one charset are joined as bytes first: a character may be split
/// over two of them.
pub(crate) fn encoded_words(value: &str) -> String {
    let mut result = String::with_capacity(value.len());
    let mut pending: Option<(String, Vec<u8>)> = None;
    let mut rest = value;
    while let Some(start) = rest.find("=?") {
        let (before, candidate) = rest.split_at(start);
        let Some((charset, bytes, length)) = encoded_word(candidate) else {
            flush(&mut pending, &mut result);
            result.push_str(before);
            result.push_str("=?");
            rest = &candidate[2..];
            continue;
        };
        let adjacent = pending.is_some() && before.chars().all(char::is_whitespace);
        if !adjacent {
            flush(&mut pending, &mut result);
            result.push_str(before);
        }
        match &mut pending {
            Some((earlier, collected)) if earlier.eq_ignore_ascii_case(&charset) => collected.extend(bytes),
            _ => {
                flush(&mut pending, &mut result);
                pending = Some((charset, bytes));
            }
        }
        rest = &candidate[length..];
    }
    flush(&mut pending, &mut result);
    result.push_str(rest);
    result
}

fn flush(pending: &mut Option<(String, Vec<u8>)>, result: &mut String) {
    if let Some((charset, bytes)) = pending.take() {
        result.push_str(&text(&bytes, Some(&charset)));
    }
}

/// One `=?charset?Q|B?...?=` at the start: its charset, its bytes, its length in the source.
fn encoded_word(source: &str) -> Option<(String, Vec<u8>, usize)> {
    /// RFC 2047 allows 75; real ones are longer, endless ones are no encoded words.
    const ENCODED_WORD_BYTES_MAX: usize = 2000;
    let window = &source.as_bytes()[..source.len().min(ENCODED_WORD_BYTES_MAX)];
    let charset_end = 2 + window.get(2..)?.iter().position(|byte| *byte == b'?')?;
    let charset = source.get(2..charset_end)?;
    let encoding = *window.get(charset_end + 1)?;
    if window.get(charset_end + 2) != Some(&b'?') || charset.is_empty() {
        return None;
    }
    let data_start = charset_end + 3;
    let data_end = data_start
        + window
            .get(data_start..)?
            .windows(2)
            .position(|pair| pair == b"?=")?;
    let data = &window[data_start..data_end];
    let bytes = match encoding {
        b'B' | b'b' => base64(data),
        b'Q' | b'q' => {
            let spaced: Vec<u8> = data
                .iter()
                .map(|byte| if *byte == b'_' { b' ' } else { *byte })
                .collect();
            let mut bytes = Vec::with_capacity(spaced.len());
            push_unescaped(&spaced, b'=', &mut bytes);
            bytes
        }
        _ => return None,
    };
    // RFC 2231 allows a language after the charset: `utf-8*fr`.
    let charset = charset.split('*').next().unwrap_or(charset).to_owned();
    Some((charset, bytes, data_end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_needs_no_padding_and_bears_stray_bytes() {
        assert_eq!(base64(b"NTQxNDQ4"), b"541448");
        assert_eq!(base64(b"NTQx\r\nNDQ4OA"), b"5414488");
        assert_eq!(base64(b"NTQxNA=="), b"5414");
        assert_eq!(base64(b"NTQxNA==NTQ="), b"541454");
    }

    #[test]
    fn quoted_printable_keeps_what_is_no_escape() {
        assert_eq!(quoted_printable(b"a=3Db =\r\nc"), b"a=b c");
        assert_eq!(quoted_printable(b"==41 and =ZZ\r\n"), b"=A and =ZZ\r\n");
        assert_eq!(quoted_printable(b"caf=C3=A9   \r\n"), "café\r\n".as_bytes());
    }

    #[test]
    fn a_cut_character_goes_and_a_whole_one_stays() {
        for (cut, rest) in [
            ("a\u{e9}".as_bytes(), "a\u{e9}".as_bytes()),
            (b"a\xC3", b"a"),
            (b"\xE2\x82", b""),
            (b"a\xF0\x9F\x91", b"a"),
            (b"a\xFF", b"a\xFF"),
            (b"\x80\x80\x80\x80\x80", b"\x80\x80\x80\x80\x80"),
            (b"", b""),
        ] {
            let mut bytes = cut.to_vec();
            drop_cut_character(&mut bytes);
            assert_eq!(bytes, rest);
        }
    }

    #[test]
    fn a_charset_is_believed_only_as_far_as_the_bytes_allow() {
        assert_eq!(text(b"pr\xE9nom", None), "prénom");
        assert_eq!(text("prénom".as_bytes(), Some("us-ascii")), "prénom");
        assert_eq!(text(b"pr\xE9nom", Some("utf-8")), "prénom");
        assert_eq!(text(b"\xA4 5", Some("iso-8859-15")), "€ 5");
        assert_eq!(text(b"\x80 5", Some("windows-1252")), "€ 5");
        assert_eq!(text(b"pr\xE9nom", Some("x-nonsense")), "prénom");
        assert_eq!(text(b"\x80 5", Some("iso-8859-1")), "€ 5");
        assert_eq!(text(b"a\xEA", Some("windows-1258")), "aê");
        assert_eq!(
            text(b"caf+AOk- 1 +- 2 +IKw-", Some("unicode-1-1-utf-7")),
            "café 1 + 2 €"
        );
        assert_eq!(text(b"1 + 1", Some("utf-7")), "1 + 1");
        assert_eq!(text(b"\xFF\xFEa\0\xE9\0", Some("utf-16")), "aé");
        assert_eq!(text(b"\xFE\xFF\0a\0\xE9", Some("utf-16")), "aé");
    }

    #[test]
    fn an_encoded_character_may_be_split_over_two_words() {
        assert_eq!(
            encoded_words("=?utf-8?Q?pr=C3?= =?UTF-8?Q?=A9cision?="),
            "précision"
        );
        assert_eq!(encoded_words("Re: =?iso-8859-1?Q?=E9t=E9?= 2026"), "Re: été 2026");
        assert_eq!(encoded_words("=?utf-8?B?w6k=?= =?iso-8859-1?Q?=E9?="), "éé");
        assert_eq!(encoded_words("2 =? 3 =?x?"), "2 =? 3 =?x?");
    }
}
