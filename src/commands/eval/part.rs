//! Which replies of a corpus are scored: a third is held back from those who tune the rules.

use clap::ValueEnum;

/// A part of a corpus. Whether a reply is held back hangs on its file name alone, so that it stays so whatever is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The two thirds that rules may be tuned on.
    Tuned,
    /// The third that nobody looks at while tuning.
    HeldBack,
    All,
}

/// One reply in so many is held back.
const HELD_BACK_ONE_IN: u64 = 3;

impl Part {
    pub(super) fn holds(self, file_name: &str) -> bool {
        let held_back = fnv1a(file_name).is_multiple_of(HELD_BACK_ONE_IN);
        match self {
            Part::Tuned => !held_back,
            Part::HeldBack => held_back,
            Part::All => true,
        }
    }
}

/// The 64-bit FNV-1a hash of a text's bytes.
fn fnv1a(text: &str) -> u64 {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    text.bytes().fold(OFFSET_BASIS, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // Test vectors of the FNV reference code.
        assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn the_parts_are_a_third_and_two_and_share_nothing() {
        let names: Vec<String> = (0..900).map(|number| format!("fr-{number:04}.eml")).collect();
        let held_back = names.iter().filter(|name| Part::HeldBack.holds(name)).count();
        assert!((250..350).contains(&held_back), "{held_back} of 900");
        assert!(
            names
                .iter()
                .all(|name| Part::Tuned.holds(name) != Part::HeldBack.holds(name))
        );
        assert!(names.iter().all(|name| Part::All.holds(name)));
    }
}
