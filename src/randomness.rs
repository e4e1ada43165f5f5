//! The one place that asks the system for randomness. Pure modules get keys and identifiers as arguments.

use ring::rand::{SecureRandom, SystemRandom};

/// `N` random bytes of the operating system's generator.
///
/// # Panics
/// When the operating system cannot give randomness: nothing safe can be done without it.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the operating system gives randomness");
    bytes
}
