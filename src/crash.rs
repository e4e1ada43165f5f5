//! Places where a debug build ends itself at once when it is told to, so that tests can show what a crash there leaves.
//!
//! `ESTAFETTE_CRASH_AT=POINT` names the point. In release builds the calls are empty.

/// Every point there is, in the order of the ways of a message and of a letter.
pub const POINTS: [&str; 7] = [
    "message_fetched",
    "message_kept",
    "mailbox_told",
    "message_understood",
    "message_settled",
    "letter_claimed",
    "letter_accepted",
];

/// Ends the process, as kill -9 would, when this is the point that was named.
#[inline]
pub fn point(name: &str) {
    debug_assert!(POINTS.contains(&name), "{name} is no point that tests know");
    #[cfg(debug_assertions)]
    if std::env::var_os("ESTAFETTE_CRASH_AT").is_some_and(|point| point == name) {
        eprintln!("crashing at {name}, as told");
        std::process::abort();
    }
}
