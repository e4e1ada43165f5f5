//! The signed reply token and the deterministic Message-ID: HMAC-SHA-256 over the reference, cut to 80 bits.
//!
//! Reply address: `care+REG-7K3M9Q2X-QP3T6Z0V1M8K2R5C@example.test`, in an alphabet that survives changes of case.
//! Message-ID: `<REG-7K3M9Q2X.3.qp3t6z0v1m8k2r5c@example.test>`, where 3 is the letter's number.

use std::fmt;

use data_encoding::Encoding;
use jiff::civil::Date;
use ring::hmac;

use crate::registration::Reference;

const MAC_BYTES: usize = 10;

/// The secret that signs tokens. 32 bytes.
#[derive(Clone)]
pub struct SigningKey(hmac::Key);

impl SigningKey {
    pub fn new(bytes: &[u8; 32]) -> SigningKey {
        SigningKey(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(secret)")
    }
}

/// Makes and checks tokens. Several keys may check (the old one after a change), the first one signs.
#[derive(Debug, Clone)]
pub struct TokenKeeper {
    keys: Vec<SigningKey>,
}

/// What a link to a customer's page opens. A link for one opens no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The open questions.
    Answer,
    /// The written yes to a registration made by phone.
    Confirm,
    /// The contract, to read and to download.
    Contract,
    /// The withdrawal from the contract.
    Withdraw,
}

impl Purpose {
    const ALL: [Purpose; 4] = [
        Purpose::Answer,
        Purpose::Confirm,
        Purpose::Contract,
        Purpose::Withdraw,
    ];

    /// Signed with the token, and its first letter.
    fn name(self) -> &'static str {
        match self {
            Purpose::Answer => "answer",
            Purpose::Confirm => "yes",
            Purpose::Contract => "contract",
            Purpose::Withdraw => "withdraw",
        }
    }

    fn letter(self) -> char {
        self.name().chars().next().unwrap_or('a')
    }
}

/// What a link of ours opens, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageToken {
    pub purpose: Purpose,
    pub reference: Reference,
    /// The last day it opens, counted from 1 January 1970.
    pub last_day: u32,
}

impl PageToken {
    /// A token that opens up to and on that day.
    pub fn until(purpose: Purpose, reference: Reference, day: Date) -> PageToken {
        PageToken {
            purpose,
            reference,
            last_day: day_number(day),
        }
    }

    /// Whether its last day is before this one.
    pub fn is_over(&self, today: Date) -> bool {
        self.last_day < day_number(today)
    }
}

/// Days since 1 January 1970.
fn day_number(day: Date) -> u32 {
    let days = (day - jiff::civil::date(1970, 1, 1)).get_days();
    u32::try_from(days).unwrap_or(0)
}

/// Characters of a reference after `REG-`, and of a day (20 bits), in the alphabet of references.
const REFERENCE_CHARS: usize = 8;
const DAY_CHARS: usize = 4;

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Valid(Reference),
    Forged(Reference),
}

impl TokenKeeper {
    pub fn new(signing: SigningKey) -> TokenKeeper {
        TokenKeeper { keys: vec![signing] }
    }

    /// The part after `+` in the reply address of a registration.
    pub fn reply_token(&self, reference: &Reference) -> String {
        format!("{reference}-{}", mac(&self.keys[0], "reply", reference, 0))
    }

    /// What the part after `+` says; none when it is no token at all.
    pub fn read_reply_token(&self, token: &str) -> Option<Token> {
        let upper = token.to_ascii_uppercase();
        let (reference, signature) = match upper.char_indices().filter(|(_, c)| *c == '-').nth(1) {
            Some((at, _)) => (&upper[..at], &upper[at + 1..]),
            None => (upper.as_str(), ""),
        };
        let reference: Reference = reference.parse().ok()?;
        Some(self.verdict("reply", reference, 0, signature))
    }

    /// The Message-ID of a letter, without angle brackets.
    pub fn message_id(&self, reference: &Reference, number: u32, domain: &str) -> String {
        let signature = mac(&self.keys[0], "letter", reference, number).to_ascii_lowercase();
        format!("{reference}.{number}.{signature}@{domain}")
    }

    /// What a Message-ID (without angle brackets) says; none when it is none of ours.
    pub fn read_message_id(&self, message_id: &str) -> Option<(Token, u32)> {
        let (local, _) = message_id.split_once('@')?;
        let mut pieces = local.splitn(3, '.');
        let reference: Reference = pieces.next()?.parse().ok()?;
        let number: u32 = pieces.next()?.parse().ok()?;
        let signature = pieces.next()?.to_ascii_uppercase();
        Some((self.verdict("letter", reference, number, &signature), number))
    }

    /// The token of a link to a customer's page: `a7k3m9q2x0kqy…`, letters and digits alone.
    pub fn page_token(&self, page: &PageToken) -> String {
        let digits = page.reference.as_str().trim_start_matches("REG-");
        let signature = mac(&self.keys[0], page.purpose.name(), &page.reference, page.last_day);
        let token = format!(
            "{}{digits}{}{signature}",
            page.purpose.letter(),
            day_digits(page.last_day)
        );
        token.to_ascii_lowercase()
    }

    /// What the token of a link says; none when it is none of ours. Whether its day is over is for the reader to say.
    pub fn read_page_token(&self, token: &str) -> Option<PageToken> {
        if !token.is_ascii() || token.len() <= 1 + REFERENCE_CHARS + DAY_CHARS {
            return None;
        }
        let (letter, rest) = token.split_at(1);
        let (digits, rest) = rest.split_at(REFERENCE_CHARS);
        let (day, signature) = rest.split_at(DAY_CHARS);
        let purpose = Purpose::ALL
            .into_iter()
            .find(|purpose| letter.chars().eq([purpose.letter()]))?;
        let reference: Reference = format!("REG-{digits}").parse().ok()?;
        let last_day = u32::from_str_radix(&day.to_ascii_lowercase(), 32).ok()?;
        let verdict = self.verdict(
            purpose.name(),
            reference,
            last_day,
            &signature.to_ascii_uppercase(),
        );
        match verdict {
            Token::Valid(reference) => Some(PageToken {
                purpose,
                reference,
                last_day,
            }),
            Token::Forged(_) => None,
        }
    }

    fn verdict(&self, purpose: &str, reference: Reference, number: u32, signature: &str) -> Token {
        let Ok(tag) = encoding().decode(signature.as_bytes()) else {
            return Token::Forged(reference);
        };
        // A MAC over both MACs is compared in constant time: the time taken says nothing of the place that differs.
        let valid = self.keys.iter().any(|key| {
            let expected = mac_bytes(key, purpose, &reference, number);
            hmac::verify(&key.0, &expected[..MAC_BYTES], hmac::sign(&key.0, &tag).as_ref()).is_ok()
        });
        if valid {
            Token::Valid(reference)
        } else {
            Token::Forged(reference)
        }
    }
}

/// Four digits of base 32 (0-9, a-v).
fn day_digits(day: u32) -> String {
    (0..DAY_CHARS)
        .rev()
        .filter_map(|place| char::from_digit(day >> (5 * place) & 31, 32))
        .collect()
}

fn mac(key: &SigningKey, purpose: &str, reference: &Reference, number: u32) -> String {
    encoding().encode(&mac_bytes(key, purpose, reference, number)[..MAC_BYTES])
}

fn mac_bytes(key: &SigningKey, purpose: &str, reference: &Reference, number: u32) -> Vec<u8> {
    hmac::sign(&key.0, format!("{purpose}|{reference}|{number}").as_bytes())
        .as_ref()
        .to_vec()
}

/// Crockford's base 32, as in references.
fn encoding() -> Encoding {
    let mut specification = data_encoding::Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().expect("the alphabet is fixed and sound")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeper(byte: u8) -> TokenKeeper {
        TokenKeeper::new(SigningKey::new(&[byte; 32]))
    }

    #[test]
    fn a_token_of_ours_reads_back_in_any_case_and_another_key_makes_it_forged() {
        let reference: Reference = "REG-7K3M9Q2X".parse().unwrap();
        let token = keeper(1).reply_token(&reference);
        assert_eq!(
            keeper(1).read_reply_token(&token),
            Some(Token::Valid(reference.clone()))
        );
        assert_eq!(
            keeper(1).read_reply_token(&token.to_lowercase()),
            Some(Token::Valid(reference.clone()))
        );
        assert_eq!(
            keeper(2).read_reply_token(&token),
            Some(Token::Forged(reference.clone()))
        );
        assert_eq!(
            keeper(1).read_reply_token("REG-7K3M9Q2X"),
            Some(Token::Forged(reference))
        );
        assert_eq!(keeper(1).read_reply_token("newsletter"), None);
    }

    #[test]
    fn a_message_id_of_ours_reads_back_with_its_number_and_no_other() {
        let reference: Reference = "REG-7K3M9Q2X".parse().unwrap();
        let id = keeper(1).message_id(&reference, 3, "example.test");
        assert_eq!(
            keeper(1).read_message_id(&id),
            Some((Token::Valid(reference.clone()), 3))
        );
        let other = id.replace(".3.", ".4.");
        assert_eq!(
            keeper(1).read_message_id(&other),
            Some((Token::Forged(reference), 4))
        );
        assert_eq!(keeper(1).read_message_id("abc@mail.example"), None);
    }

    #[test]
    fn a_page_token_opens_its_own_page_of_its_own_registration_until_its_own_day() {
        let keeper = TokenKeeper::new(SigningKey::new(&[7; 32]));
        let page = PageToken {
            purpose: Purpose::Answer,
            reference: "REG-7K3M9Q2X".parse().unwrap(),
            last_day: 20_800,
        };
        let token = keeper.page_token(&page);
        assert!(
            token
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
            "{token}"
        );
        assert_eq!(keeper.read_page_token(&token), Some(page.clone()));
        for at in 0..token.len() {
            let mut other: Vec<u8> = token.bytes().collect();
            other[at] = if other[at] == b'w' { b'y' } else { b'w' };
            let other = String::from_utf8(other).unwrap();
            assert_ne!(keeper.read_page_token(&other), Some(page.clone()), "{other}");
            assert_eq!(keeper.read_page_token(&other), None, "{other}");
        }
        let stranger = TokenKeeper::new(SigningKey::new(&[8; 32]));
        assert_eq!(stranger.read_page_token(&token), None);
        for text in [
            "",
            "a",
            "é7k3m9q2x0000",
            "areg-7k3m9q2x",
            &token[..20],
            "a7k3m9q2x0kqy",
        ] {
            assert_eq!(keeper.read_page_token(text), None, "{text}");
        }
        // A reply token is no page token, and the other way round.
        assert_eq!(keeper.read_page_token(&keeper.reply_token(&page.reference)), None);
    }
}
