//! The reference of a registration: `REG-` and eight characters of Crockford's base 32.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Crockford's base 32: no I, L, O and U, so that nothing is misread aloud or from paper.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX: &str = "REG-";
const DIGITS: usize = 8;

/// `REG-XXXXXXXX`, always in upper case with its hyphen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// The text is no reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a reference: write REG- and eight characters of 0-9 and A-Z without I, L, O and U")]
pub struct InvalidReference(pub String);

impl Reference {
    /// The reference that five random bytes make.
    pub fn from_random(random: [u8; 5]) -> Reference {
        let bits = random
            .iter()
            .fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        let digits = (0..DIGITS)
            .rev()
            .map(|place| ALPHABET[(bits >> (5 * place) & 31) as usize] as char);
        Reference(PREFIX.chars().chain(digits).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reference {
    type Err = InvalidReference;

    /// Reads a reference as people and mail servers write it: any case, `O` for `0`, `I` and `L` for `1`.
    fn from_str(text: &str) -> Result<Reference, InvalidReference> {
        let invalid = || InvalidReference(text.to_owned());
        let upper = text.trim().to_ascii_uppercase();
        let digits = upper.strip_prefix(PREFIX).ok_or_else(invalid)?;
        let digits: String = digits
            .chars()
            .map(|digit| match digit {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let known = digits.bytes().all(|digit| ALPHABET.contains(&digit));
        if digits.len() == DIGITS && known {
            Ok(Reference(format!("{PREFIX}{digits}")))
        } else {
            Err(invalid())
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = InvalidReference;

    fn try_from(text: String) -> Result<Reference, InvalidReference> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write_and_refuses_the_rest() {
        assert_eq!("reg-7k3m9q2x".parse(), Ok(Reference("REG-7K3M9Q2X".into())));
        assert_eq!("REG-OIL3M9Q2".parse(), Ok(Reference("REG-0113M9Q2".into())));
        for wrong in [
            "",
            "REG-",
            "7K3M9Q2X",
            "REG-7K3M9Q2",
            "REG-7K3M9Q2XX",
            "REG-7K3M9Q2U",
            "REG-7K3M9Qé",
        ] {
            assert!(wrong.parse::<Reference>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn random_bytes_make_a_reference_that_reads_back() {
        for random in [[0; 5], [255; 5], [1, 2, 3, 4, 5]] {
            let reference = Reference::from_random(random);
            assert_eq!(reference.as_str().parse(), Ok(reference));
        }
    }
}
