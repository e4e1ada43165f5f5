//! The development corpus: nothing may be applied wrongly, and most of what can be applied must be.

use std::path::Path;

use estafette::commands::eval::{Wanted, score};

/// Of the replies that could be applied without a person, and whose values stand in their text.
const AUTOMATION_PERCENT_MIN: usize = 70;

fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus"))
}

#[test]
fn no_reply_is_applied_wrongly_and_most_that_can_be_applied_are() {
    let scored = score(corpus()).expect("the corpus can be read");
    assert!(scored.len() > 100, "the corpus holds {} replies", scored.len());
    let wrong: Vec<_> = scored
        .iter()
        .filter(|reply| reply.applied_wrongly)
        .map(|reply| &reply.reply)
        .collect();
    assert!(wrong.is_empty(), "applied wrongly: {wrong:?}");
    let appliable: Vec<_> = scored
        .iter()
        .filter(|reply| reply.wanted == Wanted::Apply)
        .filter(|reply| !reply.traits.iter().any(|name| name == "value-in-attachment"))
        .collect();
    let applied = appliable
        .iter()
        .filter(|reply| reply.got.disposition == "apply")
        .count();
    assert!(
        applied * 100 >= appliable.len() * AUTOMATION_PERCENT_MIN,
        "{applied} of {} appliable replies were applied",
        appliable.len()
    );
}

#[test]
fn whoever_needs_a_person_reaches_one_and_robots_reach_nobody() {
    let scored = score(corpus()).expect("the corpus can be read");
    for reply in scored {
        match reply.wanted {
            Wanted::Review | Wanted::ReviewByRule => {
                assert_eq!(reply.got.disposition, "review", "{}", reply.reply)
            }
            _ if matches!(reply.wanted_kind.as_str(), "auto_reply" | "bounce") => {
                assert_eq!(reply.got.disposition, "ignore", "{}", reply.reply);
                assert_eq!(reply.got.kind, reply.wanted_kind, "{}", reply.reply);
            }
            _ => {}
        }
    }
}
