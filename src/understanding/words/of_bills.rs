//! What words of bills, labels and portals say, in all languages at once: `any.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Words, WordsFile};
use crate::registration::value::fold_key;

struct BillWords {
    injection: HashSet<String>,
    meter: HashSet<String>,
    supply_point: Vec<String>,
    closing_bill: Vec<String>,
    street_word: HashSet<String>,
    street_short: Vec<(String, String)>,
    box_word: HashSet<String>,
    company_line: HashSet<String>,
    customer_own: HashSet<String>,
    takeover_date: Vec<String>,
    predecessor: HashSet<String>,
    former: HashSet<String>,
}

static BILL_WORDS: LazyLock<BillWords> = LazyLock::new(|| {
    let file: WordsFile =
        toml::from_str(include_str!("any.toml")).expect("the word files are compiled in and tested");
    BillWords {
        injection: folded(&file.injection),
        meter: folded(&file.meter),
        supply_point: folded(&file.supply_point),
        closing_bill: folded(&file.closing_bill),
        street_word: folded(&file.street_word),
        street_short: file.street_short,
        box_word: folded(&file.box_word),
        company_line: folded(&file.company_line),
        customer_own: folded(&file.customer_own),
        takeover_date: folded(&file.takeover_date),
        predecessor: folded(&file.predecessor),
        former: folded(&file.former),
    }
});

fn folded<C: FromIterator<String>>(words: &[String]) -> C {
    words.iter().map(|word| fold_key(word)).collect()
}

impl Words {
    /// Whether a word of a bill says that what is counted is fed in.
    pub(in crate::understanding) fn is_injection(key: &str) -> bool {
        BILL_WORDS.injection.contains(key)
    }

    /// Whether a word of a bill calls the number beside it a meter's.
    pub(in crate::understanding) fn is_meter(key: &str) -> bool {
        BILL_WORDS.meter.contains(key)
    }

    /// The words behind which a bill says which home it is for.
    pub(in crate::understanding) fn of_supply_point() -> &'static [String] {
        &BILL_WORDS.supply_point
    }

    /// The words for a bill that ends a supply.
    pub(in crate::understanding) fn of_closing_bill() -> &'static [String] {
        &BILL_WORDS.closing_bill
    }

    /// The words before the day on which a home is taken over.
    pub(in crate::understanding) fn of_takeover_date() -> &'static [String] {
        &BILL_WORDS.takeover_date
    }

    pub(in crate::understanding) fn is_kind_of_street(key: &str) -> bool {
        BILL_WORDS.street_word.contains(key)
    }

    /// "Av" for "avenue", "kerkstr" for "kerkstraat".
    pub(in crate::understanding) fn is_street_word_short_for(written: &str, known: &str) -> bool {
        BILL_WORDS.street_short.iter().any(|(short, long)| {
            let stem = known.strip_suffix(long.as_str());
            stem.is_some() && stem == written.strip_suffix(short.as_str())
        })
    }

    /// Whether a box's number stands behind the word.
    pub(in crate::understanding) fn is_box(key: &str) -> bool {
        BILL_WORDS.box_word.contains(key)
    }

    /// Whether the word belongs to what a company must print of itself.
    pub(in crate::understanding) fn is_of_a_company(key: &str) -> bool {
        BILL_WORDS.company_line.contains(key)
    }

    /// "Your": what stands there is the customer's.
    pub(in crate::understanding) fn is_customers_own(key: &str) -> bool {
        BILL_WORDS.customer_own.contains(key)
    }

    /// Former tenants, owners and the like.
    pub(in crate::understanding) fn is_predecessor(key: &str) -> bool {
        BILL_WORDS.predecessor.contains(key)
    }

    /// What may stand before a predecessor: "the former".
    pub(in crate::understanding) fn is_former(key: &str) -> bool {
        BILL_WORDS.former.contains(key)
    }
}
