//! The bytes of a message -> `reading::read`.

#![no_main]

use estafette::reading;
use estafette_fuzz::check_reading;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: estafette_fuzz::warm_up(), |raw: &[u8]| {
    let message = reading::read(raw);
    check_reading(&message);
    assert_eq!(message, reading::read(raw), "the same message was read in two ways");
    let _ = reading::html_of(raw);
});
