//! PURE. Strings and folder names as IMAP writes them.

use data_encoding::Encoding;

/// A quoted string (RFC 3501, 9). None when the text holds what no quoted string can.
pub fn quoted(text: &str) -> Option<String> {
    if text.contains(['\r', '\n', '\0']) {
        return None;
    }
    Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// A folder name: modified UTF-7 (RFC 3501, 5.1.3), quoted.
pub fn folder(name: &str) -> Option<String> {
    let encoding = modified_base64();
    let mut written = String::with_capacity(name.len());
    let mut outside: Vec<u8> = Vec::new();
    let mut unit = [0; 2];
    for character in name.chars() {
        if matches!(character, ' '..='~') {
            flush(&mut outside, &mut written, &encoding);
            written.push(character);
            if character == '&' {
                written.push('-');
            }
        } else {
            outside.extend(
                character
                    .encode_utf16(&mut unit)
                    .iter()
                    .flat_map(|unit| unit.to_be_bytes()),
            );
        }
    }
    flush(&mut outside, &mut written, &encoding);
    quoted(&written)
}

fn flush(outside: &mut Vec<u8>, written: &mut String, encoding: &Encoding) {
    if !outside.is_empty() {
        written.push('&');
        written.push_str(&encoding.encode(outside));
        written.push('-');
        outside.clear();
    }
}

/// Base 64 with a comma for the slash, and no padding.
fn modified_base64() -> Encoding {
    let mut specification = data_encoding::Specification::new();
    specification
        .symbols
        .push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,");
    specification
        .encoding()
        .expect("64 different symbols are an encoding")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_names_are_modified_utf_7() {
        let cases = [
            ("Done", "\"Done\""),
            ("Traités", "\"Trait&AOk-s\""),
            ("R&D", "\"R&-D\""),
            ("a\"b\\c", "\"a\\\"b\\\\c\""),
            // The example of RFC 3501, 5.1.3.
            ("~peter/mail/台北/日本語", "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\""),
        ];
        for (name, expected) in cases {
            assert_eq!(folder(name).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(quoted("two\r\nlines"), None);
    }
}
