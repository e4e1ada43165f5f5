//! What a letter says, before it becomes text or HTML. Both are made from this, so they cannot differ.

/// A whole letter in one language. All texts are plain: nothing is escaped yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub subject: String,
    /// What mail programs show beside the subject in their list.
    pub preheader: String,
    pub greeting: String,
    pub blocks: Vec<Block>,
    pub closing: String,
    /// Who writes: one line each, the supplier's name first.
    pub signature: Vec<String>,
    pub footer: String,
}

/// A piece of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    Paragraph(String),
    /// What must not be overlooked; framed in HTML.
    Notice(String),
    Bullets(Vec<String>),
    Facts(Vec<Fact>),
    Questions(Vec<NumberedQuestion>),
    /// The way to one of the customer's pages.
    Link(Link),
}

/// A link whose address is shown, so that whoever mistrusts buttons sees where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub label: String,
    pub url: String,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

/// A question as it is put: `1. EAN code electricity: ... Could you ...? You will find ...`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedQuestion {
    /// From 1, in the order of the registration's open questions.
    pub number: usize,
    pub label: String,
    pub text: String,
    /// Where to find the value, or how to write it.
    pub help: Option<String>,
}
