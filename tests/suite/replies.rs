//! The sets of replies that strangers to the rules wrote: nothing is applied wrongly, and whoever needs a person reaches one.

use std::path::{Path, PathBuf};

use estafette::attachments::Tools;
use estafette::commands::eval::{Scored, Wanted, score};

fn scored(set: &str) -> Vec<Scored> {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/replies")
        .join(set);
    let tools = Tools::new(env!("CARGO_BIN_EXE_estafette").into());
    score(&folder, &tools).expect("the set can be read")
}

/// Checks a set, and that at least so many replies of it were applied: a reader that refuses all is no use.
fn check(set: &str, applied_min: usize) {
    let scored = scored(set);
    let names = |is: fn(&&Scored) -> bool| -> Vec<&str> {
        scored
            .iter()
            .filter(is)
            .map(|reply| reply.reply.as_str())
            .collect()
    };
    let wrong = names(|reply| reply.applied_wrongly);
    assert!(wrong.is_empty(), "{set}: applied wrongly: {wrong:?}");
    let missed = names(|reply| {
        matches!(reply.wanted, Wanted::Review | Wanted::ReviewByRule) && reply.got.disposition != "review"
    });
    assert!(missed.is_empty(), "{set}: no person reads: {missed:?}");
    let applied = scored
        .iter()
        .filter(|reply| reply.got.disposition == "apply")
        .count();
    assert!(applied >= applied_min, "{set}: {applied} applied");
}

#[test]
fn everyday_replies() {
    check("everyday", 30);
}

#[test]
fn replies_of_firms_and_helpers() {
    check("firms", 9);
}

#[test]
fn french_replies() {
    check("fr", 22);
}

#[test]
fn dutch_replies() {
    check("nl", 15);
}

#[test]
fn german_and_english_replies() {
    check("de-en", 17);
}

#[test]
fn replies_that_look_applicable() {
    check("tricky", 4);
}

#[test]
fn replies_with_attachments() {
    check("attached", 22);
}

#[test]
fn robots_and_those_who_write_like_them() {
    check("robots", 2);
}
