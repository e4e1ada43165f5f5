//! `winmail.dat`: what Outlook wraps files in for those it takes for Outlook (MS-OXTNEF). The text comes beside it as plain text.

use super::Attachment;

const SIGNATURE: [u8; 4] = [0x78, 0x9F, 0x3E, 0x22];
/// Signature and key.
const HEADER_BYTES: usize = 6;
/// Attribute identifiers (MS-OXTNEF 2.1.3.3 and 2.1.3.4), with their type in the upper half.
const ATTACH_REND_DATA: u32 = 0x0006_9002;
const ATTACH_TITLE: u32 = 0x0001_8010;
const ATTACH_DATA: u32 = 0x0006_800F;
const LEVEL_ATTACHMENT: u8 = 2;
const ATTRIBUTES_MAX: usize = 2_000;
const FILES_MAX: usize = 100;

/// Whether bytes begin as TNEF does.
pub(super) fn is_tnef(content: &[u8]) -> bool {
    content.starts_with(&SIGNATURE)
}

/// The files inside, in order. None where any of it could not be made out (a damaged stream, a message or an object as
/// attachment): then the whole stays closed.
pub(super) fn files(content: &[u8]) -> Option<Vec<Attachment>> {
    let mut rest = content
        .strip_prefix(&SIGNATURE)?
        .get(HEADER_BYTES - SIGNATURE.len()..)?;
    let mut files: Vec<(Option<String>, Option<Vec<u8>>)> = Vec::new();
    for _ in 0..ATTRIBUTES_MAX {
        if rest.is_empty() {
            return files.into_iter().map(attachment).collect();
        }
        let attribute = Attribute::take(&mut rest)?;
        if attribute.level != LEVEL_ATTACHMENT {
            continue;
        }
        if attribute.id == ATTACH_REND_DATA {
            files.push((None, None));
        }
        let count = files.len();
        let (name, data) = files.last_mut().filter(|_| count <= FILES_MAX)?;
        match attribute.id {
            ATTACH_TITLE => *name = Some(title(attribute.data)),
            ATTACH_DATA => *data = Some(attribute.data.to_vec()),
            _ => {}
        }
    }
    None
}

fn attachment((name, data): (Option<String>, Option<Vec<u8>>)) -> Option<Attachment> {
    Some(Attachment {
        name,
        content_type: "application/octet-stream".to_owned(),
        content: data?,
        inline: false,
    })
}

/// A name ends at its first zero; its code page is the sender's, most often windows-1252.
fn title(data: &[u8]) -> String {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    super::text_of(&data[..end])
}

struct Attribute<'a> {
    level: u8,
    id: u32,
    data: &'a [u8],
}

impl<'a> Attribute<'a> {
    /// Level, identifier, length, data and the sum of its bytes. None where the stream breaks off or the sum is another.
    fn take(rest: &mut &'a [u8]) -> Option<Attribute<'a>> {
        let (level, after) = rest.split_first()?;
        let (id, after) = after.split_first_chunk()?;
        let (length, after) = after.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (data, after) = after.split_at_checked(length)?;
        let (sum, after) = after.split_first_chunk()?;
        let counted = (data.iter()).fold(0u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
        *rest = after;
        (counted == u16::from_le_bytes(*sum)).then_some(Attribute {
            level: *level,
            id: u32::from_le_bytes(*id),
            data,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
        let sum = data.iter().map(|byte| u32::from(*byte)).sum::<u32>() as u16;
        [
            &[level],
            &id.to_le_bytes()[..],
            &(data.len() as u32).to_le_bytes(),
            data,
            &sum.to_le_bytes(),
        ]
        .concat()
    }

    fn winmail(attributes: &[Vec<u8>]) -> Vec<u8> {
        [&SIGNATURE[..], &[1, 0], &attributes.concat()].concat()
    }

    fn with_files() -> Vec<u8> {
        winmail(&[
            attribute(1, 0x0008_9006, &0x0001_0000_u32.to_le_bytes()),
            attribute(1, 0x0006_9007, &1252_u64.to_le_bytes()),
            attribute(2, ATTACH_REND_DATA, &[0; 14]),
            attribute(2, ATTACH_TITLE, b"r\xE9sum\xE9.pdf\0"),
            attribute(2, ATTACH_DATA, b"%PDF-1.4"),
            attribute(2, ATTACH_REND_DATA, &[0; 14]),
            attribute(2, ATTACH_TITLE, b"note.txt\0"),
            attribute(2, ATTACH_DATA, b"541448820012345678"),
        ])
    }

    #[test]
    fn files_have_their_names_and_bytes() {
        let files = files(&with_files()).expect("it is whole");
        let seen: Vec<(Option<&str>, &[u8])> = files
            .iter()
            .map(|file| (file.name.as_deref(), &file.content[..]))
            .collect();
        assert_eq!(
            seen,
            [
                (Some("résumé.pdf"), &b"%PDF-1.4"[..]),
                (Some("note.txt"), b"541448820012345678")
            ]
        );
        assert_eq!(files_of_nothing(), Some(0));
    }

    fn files_of_nothing() -> Option<usize> {
        files(&winmail(&[attribute(1, 0x0008_9006, &[0, 0, 1, 0])])).map(|files| files.len())
    }

    #[test]
    fn what_is_not_whole_stays_closed() {
        let whole = with_files();
        let ends: Vec<usize> = (0..whole.len())
            .filter(|end| files(&whole[..*end]).is_some())
            .collect();
        // Cut between two attributes nothing is missing that could be told, but a file that only began.
        assert!(ends.len() < 6, "{ends:?}");
        let mut changed = whole.clone();
        let place = changed.len() - 5;
        changed[place] ^= 1;
        assert!(files(&changed).is_none());
        let embedded = winmail(&[
            attribute(2, ATTACH_REND_DATA, &[0; 14]),
            attribute(2, 0x0006_9005, &[0; 8]),
        ]);
        assert!(files(&embedded).is_none());
        let huge = [
            &winmail(&[])[..],
            &[2],
            &ATTACH_DATA.to_le_bytes(),
            &u32::MAX.to_le_bytes(),
        ]
        .concat();
        assert!(files(&huge).is_none());
    }
}
