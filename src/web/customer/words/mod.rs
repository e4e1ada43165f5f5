//! The words of the customer's pages, a file a language. A language lacking one does not compile.

mod de;
mod en;
mod fr;
mod nl;

use crate::registration::Language;

/// Everything the pages say besides the letters' own words. `{name}` is filled in.
pub struct Texts {
    pub reference: &'static str,
    /// `{phone}`: what we never ask for, and whom to call.
    pub never_ask: &'static str,
    pub call: &'static str,

    pub answer_title: &'static str,
    pub answer_intro: &'static str,
    pub some_is_fine: &'static str,
    pub yes_right: &'static str,
    pub no_other: &'static str,
    pub send: &'static str,
    pub answered: &'static str,
    pub agent_reads: &'static str,
    pub nothing_typed: &'static str,
    pub choose: &'static str,
    pub changed_meanwhile: &'static str,
    pub wrong_count: &'static str,
    pub thanks_title: &'static str,
    pub thanks: &'static str,
    pub nothing_open_title: &'static str,
    pub nothing_open: &'static str,
    pub closed_title: &'static str,
    pub closed: &'static str,
    pub where_ean: &'static str,
    pub ean_picture: &'static str,
    pub bill: &'static str,
    pub ean_good: &'static str,
    /// `{digits}`
    pub ean_short: &'static str,
    pub ean_wrong: &'static str,

    pub bill_heading: &'static str,
    pub bill_intro: &'static str,
    pub bill_choose: &'static str,
    pub bill_send: &'static str,
    pub bill_read: &'static str,
    pub bill_unread: &'static str,
    pub bill_missing: &'static str,
    pub bill_too_large: &'static str,
    pub bill_kind: &'static str,

    pub confirm_title: &'static str,
    pub confirm_intro: &'static str,
    pub confirm_wrong: &'static str,
    pub confirm_button: &'static str,
    pub confirmed_title: &'static str,
    pub confirmed: &'static str,

    pub contract_title: &'static str,
    pub contract_intro: &'static str,
    pub contract_open: &'static str,
    pub contract_none: &'static str,
    pub withdraw_link: &'static str,
    /// `{until}`
    pub withdraw_term: &'static str,

    pub withdraw_title: &'static str,
    /// `{energies}`, `{reference}`
    pub withdraw_intro: &'static str,
    pub withdraw_then: &'static str,
    pub withdraw_button: &'static str,
    pub withdraw_back: &'static str,
    pub withdrawn_title: &'static str,
    pub withdrawn: &'static str,
    pub withdraw_over_title: &'static str,
    /// `{until}`
    pub withdraw_over: &'static str,

    pub expired_title: &'static str,
    pub expired: &'static str,
    pub busy_title: &'static str,
    pub busy: &'static str,

    /// The subject of what a page's form leaves in the case, for agents and the customer's own export.
    pub form_subject: &'static str,
}

pub fn of(language: Language) -> &'static Texts {
    match language {
        Language::Fr => &fr::TEXTS,
        Language::Nl => &nl::TEXTS,
        Language::De => &de::TEXTS,
        Language::En => &en::TEXTS,
    }
}

/// The text with each `{name}` filled in.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}
