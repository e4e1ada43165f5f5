//! Where a quote begins: attribution lines ("Le 13 oct. 2026 à 15:29, X a écrit :") and header blocks (From, Sent, To ...),
//! in French, Dutch, German and English.

use super::line::Line;
use super::{Role, attribution, header_block};

/// Quotes within quotes that are looked at.
const INTRODUCTIONS_MAX: usize = 200;

/// The role of each line by quotes alone: Own, Quoted or Attribution (or what the mail client hinted).
pub(crate) fn roles(lines: &[Line]) -> Vec<Role> {
    let mut roles: Vec<Role> = lines
        .iter()
        .map(|line| match line.hint {
            Some(Role::Attribution) => Role::Attribution,
            Some(Role::Struck) => Role::Struck,
            // Typed into the quote, and made to stand out.
            _ if line.depth == 1 && is_marked_as_answer(line) => Role::Own,
            _ if line.depth > 0 => Role::Quoted,
            Some(hint) => hint,
            None => Role::Own,
        })
        .collect();
    let deepest_after = deepest_after(lines);
    let mut index = 0;
    let mut introductions = 0;
    while index < lines.len() {
        // Hundreds of quotes in one message are no correspondence; each costs a look at the rest.
        if introductions == INTRODUCTIONS_MAX {
            break;
        }
        match introduction(lines, index) {
            Some(found) => {
                mark(lines, &mut roles, &found, &deepest_after);
                index = found.end;
                introductions += 1;
            }
            None => index += 1,
        }
    }
    roles
}

/// For each line, the greatest depth from it on.
fn deepest_after(lines: &[Line]) -> Vec<usize> {
    let mut deepest = vec![0; lines.len() + 1];
    for index in (0..lines.len()).rev() {
        deepest[index] = deepest[index + 1].max(lines[index].depth);
    }
    deepest
}

/// Lines that introduce a quote.
pub(crate) struct Introduction {
    pub start: usize,
    /// One past the last.
    pub end: usize,
    pub form: Form,
}

#[derive(PartialEq, Eq)]
pub(crate) enum Form {
    Attribution,
    HeaderBlock,
    /// A divider with text of the quote behind it on its line, as Samsung's flattened plain text has it.
    Flattened,
}

fn introduction(lines: &[Line], index: usize) -> Option<Introduction> {
    if lines[index].is_blank() {
        return None;
    }
    hinted(lines, index)
        .or_else(|| header_block::at(lines, index))
        .or_else(|| header_block::divider(lines, index))
        .or_else(|| attribution::at(lines, index))
}

/// What the mail client itself marks as the introduction of a quote.
fn hinted(lines: &[Line], index: usize) -> Option<Introduction> {
    let is_hinted = |line: &&Line| line.hint == Some(Role::Attribution) || line.is_blank();
    if lines[index].hint != Some(Role::Attribution) || lines[index].depth > 0 {
        return None;
    }
    let length = lines[index..].iter().take_while(is_hinted).count();
    Some(Introduction {
        start: index,
        end: index + length,
        form: Form::HeaderBlock,
    })
}

fn mark(lines: &[Line], roles: &mut [Role], found: &Introduction, deepest_after: &[usize]) {
    let depth = lines[found.start].depth;
    if depth > 0 && !opens_its_quote(lines, found.start) {
        return;
    }
    let role = if found.form == Form::Flattened {
        Role::Quoted
    } else {
        Role::Attribution
    };
    for role_of_line in &mut roles[found.start..found.end] {
        *role_of_line = role;
    }
    // Marked lines follow: the marks say what is quoted, and what stands between them is the sender's.
    let after = &lines[found.end..];
    let next_is_marked = after
        .iter()
        .find(|line| !line.is_blank())
        .is_some_and(|line| line.depth > depth);
    let later_is_marked =
        found.form == Form::Attribution && deepest_after[found.end] > depth && !is_indented(after);
    // Orange marks the headers alone: the letter follows without marks.
    let only_headers_are_marked = depth > 0
        && found.form == Form::HeaderBlock
        && deepest_after[found.end] <= depth
        && after
            .iter()
            .find(|line| !line.is_blank())
            .is_some_and(|line| line.depth == 0)
        && after
            .iter()
            .skip_while(|line| line.depth > 0)
            .all(|line| line.depth == 0);
    if next_is_marked || later_is_marked || (depth > 0 && !only_headers_are_marked) {
        return;
    }
    for (line, role_of_line) in after.iter().zip(&mut roles[found.end..]) {
        if !matches!(*role_of_line, Role::Attribution | Role::Struck) && !is_marked_as_answer(line) {
            *role_of_line = Role::Quoted;
        }
    }
}

/// Yahoo's plain text sets its quote in by one space and marks only what was quoted before.
fn is_indented(lines: &[Line]) -> bool {
    let mut unmarked = lines
        .iter()
        .take_while(|line| line.depth == 0)
        .filter(|line| !line.is_blank())
        .peekable();
    unmarked.peek().is_some() && unmarked.all(|line| line.text.starts_with(' '))
}

/// Answers between the lines of a quote, made to stand out: by an arrow, by a colour. In a marked quote only by an arrow as
/// people type it: letters have colours and drawn arrows of their own.
fn is_marked_as_answer(line: &Line) -> bool {
    const TYPED_ARROWS: &[&str] = &["=>", "==>", "->", "-->", ">>", "--->", "===>"];
    const DRAWN_ARROWS: &[&str] = &["→", "➔", "➡", "⇒", "➜", "►"];
    let text = line.text.trim_start();
    let begins = |arrows: &[&str]| arrows.iter().any(|arrow| text.starts_with(arrow));
    match line.depth {
        _ if line.is_blank() => false,
        0 => line.coloured || begins(TYPED_ARROWS) || begins(DRAWN_ARROWS),
        1 => begins(TYPED_ARROWS),
        _ => false,
    }
}

/// Whether no text stands above the line in its own quote, but for a line like Orange's "Message du 08/10/26".
fn opens_its_quote(lines: &[Line], index: usize) -> bool {
    const LINES_ABOVE_MAX: usize = 1;
    lines[..index]
        .iter()
        .rev()
        .take_while(|line| line.depth > 0)
        .filter(|line| !line.is_blank())
        .nth(LINES_ABOVE_MAX)
        .is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::mime::TextPart;
    use crate::reading::plain;

    fn own(text: &str) -> String {
        let part = TextPart {
            text: text.to_owned(),
            ..TextPart::default()
        };
        let lines = plain::lines(&part);
        let roles = roles(&lines);
        let own: Vec<&str> = lines
            .iter()
            .zip(&roles)
            .filter(|(line, role)| **role == Role::Own && !line.is_blank())
            .map(|(line, _)| line.text.as_str())
            .collect();
        own.join("|")
    }

    #[test]
    fn attributions_wrapped_over_lines() {
        assert_eq!(
            own(
                "ok\n\nLe lun. 12 oct. 2026 à 14:03, Service\nClient\n<care@example.test>\na écrit :\n\n> vraag\n\nja"
            ),
            "ok|ja"
        );
        assert_eq!(
            own("Bedankt\nOp 8 okt 2026 om 10:12 schreef X\n<care@example.test>:\n> vraag"),
            "Bedankt"
        );
    }

    #[test]
    fn attributions_that_begin_with_the_writer_or_have_no_verb() {
        for above in [
            "Service Client <care@example.test> schrieb am Do., 15. Okt. 2026,\n10:20:",
            "8 okt. 2026, 10:12 door care@example.test:",
            "Quoting Service Client <care@example.test>:",
            "Mon adresse est jan@a.test\nService Client <care@example.test> a écrit :",
            "541448820012345678\nService Client <care@example.test> schreef op 8 okt 2026 10:12:",
        ] {
            let expected: Vec<&str> = above
                .lines()
                .filter(|line| line.starts_with("Mon") || line.starts_with("541"))
                .collect();
            assert_eq!(
                own(&format!("{above}\n\n> vraag\n")),
                expected.join("|"),
                "{above}"
            );
        }
        assert_eq!(
            own("Mijn adres:\njan@a.test\n\n> vraag"),
            "Mijn adres:|jan@a.test"
        );
    }

    #[test]
    fn an_attribution_without_marks_quotes_the_rest() {
        assert_eq!(
            own("yes\n\n  On 30 Oct 2026, at 09:28, X wrote:\n\n Hello\n 1. Street?"),
            "yes"
        );
    }

    #[test]
    fn header_blocks_of_four_languages() {
        for block in [
            "Van: X <x@a.test>\nVerzonden: dinsdag 13 oktober 2026 15:29\nAan: Y\nOnderwerp: Z",
            "De : X\nEnvoyé : jeudi 15 octobre 2026 16:22\nÀ : Y\nObjet : Z",
            "Von: X\nGesendet: Donnerstag\nAn: Y\nBetreff: Z",
            "From: X\nSent: Friday\nTo: Y\nCc: V\nSubject: Z\n wrapped",
            "*Van:* X\n*Verzonden:* dinsdag\n*Aan:* Y\n*Onderwerp:* Z",
            "________________________________\nDe : X\nEnvoyé : jeudi\nÀ : Y\nObjet : Z",
            "-----Original Message-----\nFrom: X\nSent: Friday\nTo: Y\nSubject: Z",
            "---------- Forwarded message ---------\nVan: X\nDate: do 8 okt\nSubject: Z\nTo: Y",
            "De : X <x@a.test> Envoyé : jeudi 15 octobre 2026 16:22 À : Y Objet : Z",
            "**De :** X\n**Envoyé :** jeudi\n**À :** Y\n**Objet :** Z",
            "Expéditeur : X\nDatum: donderdag\nTo: Y\nBetreff: Z",
            "Sent: Sunday, November 1, 2026 10:35 AM\nSubject: Z",
            "Van: X <x@a.test>\nOnderwerp: Z",
            "________________________________\nFrom: X\nSent: Sunday, November 1, 2026 10:35",
            "-------- Message d'origine --------De : X Date : 12/10/26 Objet : Z Bonjour",
        ] {
            assert_eq!(own(&format!("ok\n\n{block}\n\nDag,\n1. EAN?\n")), "ok", "{block}");
        }
    }

    #[test]
    fn a_letter_with_a_subject_line_is_no_header_block() {
        assert_eq!(
            own("Objet : correction\nDate : 12/10\n\nBonjour"),
            "Objet : correction|Date : 12/10|Bonjour"
        );
        assert_eq!(
            own("Bonjour,\n\nDate : 12/10/2026\nObjet : compteur\n\nMerci"),
            "Bonjour,|Date : 12/10/2026|Objet : compteur|Merci"
        );
        assert_eq!(own("Van: Jan\nAan: u\n\nDag"), "Van: Jan|Aan: u|Dag");
    }
}
