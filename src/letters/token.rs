//! The signed reply token and the deterministic Message-ID: HMAC-SHA-256 over the reference, cut to 80 bits.
//!
//! Reply address: `care+REG-7K3M9Q2X-QP3T6Z0V1M8K2R5C@example.test`, in an alphabet that survives changes of case.
//! Message-ID: `<REG-7K3M9Q2X.3.qp3t6z0v1m8k2r5c@example.test>`, where 3 is the letter's number.

use std::fmt;

use data_encoding::Encoding;
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
}
