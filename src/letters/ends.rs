//! Reminders, and the letters that end a request: what they say.

use super::LetterFault;
use super::content::Block;
use super::draft::Draft;
use super::token::Purpose;
use super::words::{Count, Nth, Parting};

impl Draft<'_> {
    pub(super) fn reminder(&self, nth: Nth) -> Result<(String, &'static str, Vec<Block>), LetterFault> {
        let words = self.words;
        let questions = self.open_questions()?;
        let count = Count::of(questions.len());
        let mut blocks = vec![
            Block::Paragraph(words.reminder_intro(&self.brand.name, nth, count)),
            Block::Paragraph(words.answered_meanwhile().to_owned()),
            Block::Heading(words.questions_heading(count).to_owned()),
            Block::Questions(questions),
        ];
        blocks.extend(self.link(Purpose::Answer));
        blocks.extend(self.how_to_answer(count, words.reminder_next(&self.until(), nth)));
        let subject = words.reminder_subject(self.registration.reference.as_str(), nth);
        Ok((subject, words.request_preheader(count), blocks))
    }

    pub(super) fn expiry(&self) -> Result<(String, &'static str, Vec<Block>), LetterFault> {
        let words = self.words;
        let questions = self.open_questions()?;
        let count = Count::of(questions.len());
        let mut blocks = vec![
            Block::Paragraph(words.expiry_intro(&self.brand.name, &self.energies())),
            Block::Heading(words.reopen_heading().to_owned()),
            Block::Paragraph(words.reopen(count).to_owned()),
            Block::Questions(questions),
        ];
        blocks.extend(self.link(Purpose::Answer));
        blocks.extend([
            Block::Paragraph(words.leave_closed().to_owned()),
            Block::Facts(self.reference_facts()),
        ]);
        let subject = words.expiry_subject(self.registration.reference.as_str());
        Ok((subject, words.expiry_preheader(), blocks))
    }

    pub(super) fn withdrawal_acknowledgement(&self) -> (String, &'static str, Vec<Block>) {
        let words = self.words;
        let parting = if self.accepted().is_empty() {
            Parting::Request
        } else {
            Parting::Contract
        };
        let blocks = vec![
            Block::Paragraph(words.withdrawn_intro(&self.brand.name, &self.energies(), parting)),
            Block::Heading(words.next_heading().to_owned()),
            Block::Bullets(words.withdrawn_next(parting)),
            Block::Notice(words.withdrawn_by_mistake(self.phone().as_deref())),
            Block::Facts(self.reference_facts()),
        ];
        let subject = words.withdrawn_subject(self.registration.reference.as_str(), parting);
        (subject, words.withdrawn_preheader(), blocks)
    }

    pub(super) fn distributor_refusal(&self) -> (String, &'static str, Vec<Block>) {
        let words = self.words;
        let blocks = vec![
            Block::Paragraph(words.refused_intro(&self.brand.name, &self.energies())),
            Block::Heading(words.next_heading().to_owned()),
            Block::Bullets(words.refused_next(self.phone().as_deref())),
            Block::Facts(self.reference_facts()),
        ];
        let subject = words.refused_subject(self.registration.reference.as_str());
        (subject, words.refused_preheader(), blocks)
    }

    fn energies(&self) -> String {
        self.words.energies(&self.registration.energies)
    }
}
