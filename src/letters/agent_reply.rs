//! An agent's own words, in the frame of every letter.

use super::content::{Block, Content};
use super::draft::Draft;
use super::token::Purpose;
use crate::registration::{AgentWords, State};

impl Draft<'_> {
    /// The words, and below them what the customer is still asked, so that one answer can settle it all.
    pub(super) fn agent_reply(&self, said: &AgentWords) -> Content {
        let words = self.words;
        let mut blocks = paragraphs(said.as_str());
        let is_blocked = matches!(self.registration.state, State::Blocked { .. });
        if let Some(questions) = self.open_questions().ok().filter(|_| is_blocked) {
            blocks.push(Block::Heading(words.still_open_heading().to_owned()));
            blocks.push(Block::Questions(questions));
            blocks.extend(self.link(Purpose::Answer));
        }
        blocks.push(Block::Facts(self.reference_facts()));
        let subject = words.reply_subject(self.registration.reference.as_str());
        self.framed(subject, words.reply_preheader(), blocks, words.reply_footer())
    }
}

/// A paragraph a line; lines that begin with a dash are bullets.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("- "), blocks.last_mut()) {
            (Some(item), Some(Block::Bullets(items))) => items.push(item.trim().to_owned()),
            (Some(item), _) => blocks.push(Block::Bullets(vec![item.trim().to_owned()])),
            (None, _) => blocks.push(Block::Paragraph(line.to_owned())),
        }
    }
    blocks
}
