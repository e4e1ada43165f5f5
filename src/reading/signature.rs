//! Names and signatures among the own lines: what a person signs with, and what a habit adds below it.

use super::closing::{self, Closing};
use super::ending_lines::{
    holds_account, holds_value, is_company, is_contact, is_legal, is_name, is_postscript, is_sentence,
};
use super::line::Line;
use super::{Role, footer};

/// Turns own lines into Name, Signature and Footer where they are that.
pub(crate) fn mark(lines: &[Line], roles: &mut [Role]) {
    answers_typed_into_the_signature(lines, roles);
    footer::mark(lines, roles);
    let mut start = 0;
    let mut first_run = true;
    while start < lines.len() {
        if roles[start] != Role::Own {
            start += 1;
            continue;
        }
        let end = start
            + roles[start..]
                .iter()
                .take_while(|role| **role == Role::Own)
                .count();
        let mut run = Run {
            lines: &lines[start..end],
            roles: &mut roles[start..end],
            opens_the_mail: first_run,
        };
        first_run &= run.lines.iter().all(Line::is_blank);
        run.mark();
        start = end;
    }
}

/// Some write into the signature that their program put under the cursor. Then nothing stands outside it.
fn answers_typed_into_the_signature(lines: &[Line], roles: &mut [Role]) {
    let empty = lines
        .iter()
        .zip(roles.iter())
        .all(|(line, role)| *role != Role::Own || line.is_blank());
    for (line, role) in lines.iter().zip(roles.iter_mut()) {
        if *role == Role::Signature && (empty || is_value(&line.text)) {
            *role = Role::Own;
        }
    }
}

/// Nobody says good-bye more often; each look behind one costs the rest of the message.
const CLOSINGS_MAX: usize = 10;
/// A signature is not longer.
const SIGNATURE_LINES_MAX: usize = 40;

/// Own lines that follow each other.
struct Run<'a> {
    lines: &'a [Line],
    roles: &'a mut [Role],
    opens_the_mail: bool,
}

impl Run<'_> {
    fn mark(&mut self) {
        let Some(first_text) = self.lines.iter().position(|line| !line.is_blank()) else {
            return;
        };
        let mut closings = 0;
        let mut closed = false;
        for index in first_text..self.lines.len() {
            let text = &self.lines[index].text;
            if is_delimiter(text) && index > first_text {
                self.mark_below_delimiter(index);
                return;
            }
            if self.roles[index] != Role::Own || closings == CLOSINGS_MAX {
                continue;
            }
            let ends = match closing::of(text) {
                Some(Closing::Strong) => !self.greets(index, first_text),
                Some(Closing::Weak) => self.is_over_a_name(index) && !self.greets(index, first_text),
                None => false,
            };
            if ends {
                self.mark_block(index + 1, closing::holds_name(text));
                closings += 1;
                closed = true;
            }
        }
        if !closed {
            self.mark_block_without_closing(first_text);
        }
    }

    /// "Dag", "Merci" as the first words of a mail are no good-bye, unless a name alone follows.
    fn greets(&self, index: usize, first_text: usize) -> bool {
        let below = self.lines[index + 1..].iter().filter(|line| !line.is_blank());
        self.opens_the_mail && index == first_text && below.take(2).count() > 1
    }

    /// What follows thanks is a name, and little else.
    fn is_over_a_name(&self, index: usize) -> bool {
        const NAME_BLOCK_LINES_MAX: usize = 12;
        let mut texts = self.lines[index + 1..].iter().filter(|line| !line.is_blank());
        let count = texts.clone().take(NAME_BLOCK_LINES_MAX + 1).count();
        count <= NAME_BLOCK_LINES_MAX && texts.next().is_some_and(|line| is_name(&line.text))
    }

    /// Below `-- ` (RFC 3676) all is signature but a postscript and what can only be an answer.
    fn mark_below_delimiter(&mut self, delimiter: usize) {
        for index in delimiter..self.lines.len() {
            let text = &self.lines[index].text;
            if is_postscript(text) {
                return;
            }
            if !is_value(text) && self.roles[index] == Role::Own {
                self.roles[index] = Role::Signature;
            }
        }
    }

    /// The paragraphs from a line on, within the limit of a signature.
    fn paragraphs(&self, from: usize) -> Vec<std::ops::Range<usize>> {
        let mut paragraphs: Vec<std::ops::Range<usize>> = Vec::new();
        let mut open = false;
        for index in from..self.lines.len().min(from + SIGNATURE_LINES_MAX) {
            if self.lines[index].is_blank() {
                open = false;
            } else if let (true, Some(last)) = (open, paragraphs.last_mut()) {
                last.end = index + 1;
            } else {
                paragraphs.push(index..index + 1);
                open = true;
            }
        }
        paragraphs
    }

    fn has_contact(&self, range: std::ops::Range<usize>) -> bool {
        self.lines[range].iter().any(|line| is_contact(&line.text))
    }

    /// Below a closing: the name, then what belongs to a signature. Sentences, values and postscripts stay the sender's.
    fn mark_block(&mut self, from: usize, named: bool) {
        let paragraphs = self.paragraphs(from);
        let mut named = named;
        for (number, paragraph) in paragraphs.iter().enumerate() {
            if is_postscript(&self.lines[paragraph.start].text) {
                return;
            }
            let contact_below = paragraphs[number + 1..]
                .iter()
                .any(|later| self.has_contact(later.clone()));
            named = self.mark_paragraph(paragraph.clone(), named, contact_below);
        }
    }

    /// Whether the name has been seen by its end.
    fn mark_paragraph(
        &mut self,
        paragraph: std::ops::Range<usize>,
        named: bool,
        contact_below: bool,
    ) -> bool {
        /// A name with a title and a telephone number in one piece is a program's block; a number typed under a name is not.
        const BLOCK_LINES_MIN: usize = 3;
        let texts = || {
            self.lines[paragraph.clone()]
                .iter()
                .map(|line| line.text.as_str())
        };
        let kind = Paragraph {
            alone: paragraph.len() == 1,
            below_name: named,
            contact: texts().any(is_contact),
            block: paragraph.len() >= BLOCK_LINES_MIN,
            company: texts().any(is_company),
            sentences: texts().any(is_sentence),
            contact_below,
        };
        let mut named = named;
        for index in paragraph {
            let role = kind.role_of(&self.lines[index].text, &mut named);
            if self.roles[index] == Role::Own {
                self.roles[index] = role;
            }
        }
        named
    }

    /// A signature that a program adds below a name, with no closing above it.
    fn mark_block_without_closing(&mut self, first_text: usize) {
        let first = self
            .lines
            .len()
            .saturating_sub(SIGNATURE_LINES_MAX)
            .max(first_text);
        let paragraphs = self.paragraphs(first);
        let mut begin = paragraphs.len();
        while begin > 0 && self.is_contact_paragraph(paragraphs[begin - 1].clone()) {
            begin -= 1;
        }
        let Some(block) = paragraphs.get(begin..).filter(|block| !block.is_empty()) else {
            return;
        };
        let (start, end) = (block[0].start, block[block.len() - 1].end);
        let name_inside = is_name(&self.lines[start].text) && start > first_text;
        let contacts = self.lines[start..end]
            .iter()
            .filter(|line| is_contact(&line.text))
            .count();
        let company = self.lines[start..end].iter().any(|line| is_company(&line.text));
        let above = begin.checked_sub(1).map(|above| paragraphs[above].clone());
        let named_above = above.and_then(|above| self.name_in(above));
        if !(named_above.is_some() || name_inside) || !(company || contacts >= 2) {
            return;
        }
        for index in start..end {
            let text = &self.lines[index].text;
            if self.roles[index] == Role::Own && !text.trim().is_empty() && !is_value(text) {
                self.roles[index] = Role::Signature;
            }
        }
        // The name is typed, unless the sender's own stands above it already.
        let name = match &named_above {
            Some(above) => above.clone(),
            None => start..start + 1,
        };
        let typed_above = self.lines[..name.start]
            .iter()
            .rev()
            .find(|line| !line.is_blank());
        let signed_before = typed_above.is_some_and(|line| is_name(&line.text));
        for index in name.clone() {
            let first = index == name.start && !signed_before && named_above.is_some();
            if self.roles[index] != Role::Footer {
                self.roles[index] = if first { Role::Name } else { Role::Signature };
            }
        }
    }

    /// In a paragraph: a name with a line or two on who that is, or the name below what was written.
    fn name_in(&self, paragraph: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
        const LINES_MAX: usize = 3;
        let last = paragraph.end - 1;
        let titled = paragraph.len() <= LINES_MAX
            && is_name(&self.lines[paragraph.start].text)
            && self.lines[paragraph.clone()]
                .iter()
                .all(|line| !is_sentence(&line.text) && !holds_number(&line.text));
        if titled {
            Some(paragraph)
        } else {
            is_name(&self.lines[last].text).then_some(last..paragraph.end)
        }
    }

    fn is_contact_paragraph(&self, paragraph: std::ops::Range<usize>) -> bool {
        self.has_contact(paragraph.clone())
            && self.lines[paragraph].iter().all(|line| {
                !is_sentence(&line.text) && !holds_value(&line.text) && !line.text.trim_end().ends_with(':')
            })
    }
}

/// What the lines of a paragraph below a closing have in common.
struct Paragraph {
    /// It has one line.
    alone: bool,
    /// The name stands above it.
    below_name: bool,
    contact: bool,
    block: bool,
    company: bool,
    sentences: bool,
    contact_below: bool,
}

impl Paragraph {
    fn role_of(&self, text: &str, named: &mut bool) -> Role {
        let is_first_name = !*named && is_name(text);
        let typed_below =
            self.alone && self.below_name && holds_number(text) && !is_company(text) && !is_link(text);
        if is_value(text) || is_sentence(text) || (self.sentences && !is_contact(text)) || typed_below {
            return Role::Own;
        }
        if is_first_name {
            *named = true;
            return if self.contact && self.block {
                Role::Signature
            } else {
                Role::Name
            };
        }
        // A company prints its account below its letters; a customer types his below his name.
        let own_account = holds_account(text) && !self.company && !is_legal(text);
        if self.contact {
            return if own_account { Role::Own } else { Role::Signature };
        }
        match (self.below_name, self.contact_below) {
            _ if holds_value(text) => Role::Own,
            (true, true) => Role::Signature,
            _ if *named && is_name(text) => Role::Name,
            _ => Role::Own,
        }
    }
}

fn holds_number(text: &str) -> bool {
    const DIGITS_MIN: usize = 4;
    text.chars().filter(char::is_ascii_digit).count() >= DIGITS_MIN
}

fn is_link(text: &str) -> bool {
    text.contains('@') || text.contains("www.") || text.contains("http")
}

/// `-- ` of RFC 3676, also without its space.
fn is_delimiter(text: &str) -> bool {
    matches!(text.trim_end(), "--" | "—" | "__")
}

/// A line that holds a number like an EAN: an answer, wherever it stands.
pub(crate) fn is_value(text: &str) -> bool {
    /// An EAN has 18 digits; customers lose or double one.
    const EAN_LIKE_DIGITS: std::ops::RangeInclusive<usize> = 17..=19;
    let mut run = String::new();
    for letter in text.chars().chain(std::iter::once('\n')) {
        match letter {
            '0'..='9' => run.push(letter),
            ' ' | '.' | '-' | '/' | '\u{2011}' => {}
            _ => {
                if EAN_LIKE_DIGITS.contains(&run.len()) && run.starts_with("54") {
                    return true;
                }
                run.clear();
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::mime::TextPart;
    use crate::reading::plain;

    fn text_of(role: Role, text: &str) -> String {
        let part = TextPart {
            text: text.to_owned(),
            ..TextPart::default()
        };
        let lines = plain::lines(&part);
        let mut roles = vec![Role::Own; lines.len()];
        mark(&lines, &mut roles);
        let of_role = lines
            .iter()
            .zip(&roles)
            .filter(|(line, own)| **own == role && !line.is_blank());
        of_role
            .map(|(line, _)| line.text.as_str())
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn what_stands_below_a_sign_off_is_a_signature() {
        for sign_off in [
            "Met vriendelijke groeten,",
            "mvg",
            "Cordialement,",
            "Bien à vous",
            "Mit freundlichen Grüßen",
            "Kind regards,",
            "Met de meeste hoogachting,",
            "Danke und Gruß",
            "Veuillez agréer, Madame, Monsieur, l'expression de mes salutations distinguées.",
            "Mit freundlichen Grüßen / Cordialement",
            "Merci d'avance,",
        ] {
            let text = format!(
                "EAN 541448820012345678\n\n{sign_off}\n\nJan Peeters\nKerkstraat 5, 9000 Gent\nTel. 09 123 45 67 - 0470 12 34 56\n"
            );
            assert_eq!(
                text_of(Role::Own, &text),
                format!("EAN 541448820012345678|{sign_off}"),
                "{sign_off}"
            );
        }
    }

    #[test]
    fn an_answer_below_the_name_stays_an_answer() {
        for answer in [
            "PS: mijn gsm is 0470 12 34 56",
            "O ja, mijn geboortedatum is 3 mei 1970.",
            "541448820012345678",
            "EAN: 5414 4882 0012 3456 78",
            "Is dat goed?",
        ] {
            let text = format!("Ja, klopt\n\nGroeten,\nJan\n\n{answer}");
            assert_eq!(text_of(Role::Own, &text), format!("Ja, klopt|Groeten,|{answer}"));
        }
    }

    #[test]
    fn thanks_amid_a_text_are_no_sign_off() {
        assert_eq!(
            text_of(Role::Signature, "Bonjour,\n\nMerci\n\nmon numéro est 0470123456"),
            ""
        );
        assert_eq!(text_of(Role::Name, "Bedankt,\nJan"), "Jan");
    }

    #[test]
    fn footers_of_programs_and_companies() {
        for footer in [
            "Envoyé de mon iPhone",
            "Verstuurd vanaf mijn iPhone",
            "Von meinem iPhone gesendet",
            "Sent from my iPhone",
            "Outlook voor Android downloaden<https://aka.ms/AAb9ysg>",
            "Obtenir Outlook pour iOS",
            "Outlook für iOS beziehen",
            "Envoyé depuis mon appareil Galaxy S21 5G",
            "Sent with Proton Mail secure email.",
            "Virusvrij.www.avast.com",
            "Pensez à l'environnement avant d'imprimer ce mail",
            "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
            "Ce message et ses annexes sont confidentiels et destinés à leur seul destinataire.",
            "DISCLAIMER: dit bericht is enkel bestemd voor de geadresseerde.",
        ] {
            assert_eq!(text_of(Role::Footer, &format!("Oui\n\n{footer}\n")), footer);
        }
    }

    #[test]
    fn a_value_or_a_sentence_is_no_footer() {
        for text in [
            "Envoyé par la poste le 3 mai ?",
            "Outlook 541448820012345678",
            "9040",
            "Verzonden op 12/10/2026",
        ] {
            assert_eq!(text_of(Role::Footer, text), "", "{text}");
        }
    }
}
