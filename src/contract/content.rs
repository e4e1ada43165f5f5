//! What a contract says, before it is laid out on pages.

/// A whole contract in one language.
#[derive(Debug, Clone)]
pub struct Content {
    pub title: String,
    /// What is supplied, and where.
    pub subtitle: String,
    /// At the top of the first page, and small on the others: who writes, and the reference.
    pub supplier: String,
    pub reference: String,
    /// The answers most looked for, in boxes at the top.
    pub brief: Vec<Fact>,
    pub sections: Vec<Section>,
    /// The model form of withdrawal, on a page of its own; none for a business.
    pub form: Option<Form>,
    /// At the foot of each page, before its number.
    pub footer: String,
    /// `Page 1 / 3`.
    pub page: fn(page: usize, pages: usize) -> String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(String),
    /// What must not be overlooked.
    Notice(String),
    Facts(Vec<Fact>),
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

/// A form to fill in by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub heading: String,
    pub note: String,
    /// To whom it goes, one line each; the first with the label.
    pub to_label: String,
    pub to: Vec<String>,
    pub statement: String,
    /// What is withdrawn from: a box to tick each.
    pub boxes: Vec<String>,
    /// What is known and need not be written.
    pub known: Vec<Fact>,
    /// What is to be written: label, and how many lines it takes.
    pub lines: Vec<(String, usize)>,
    pub end_note: String,
}
