//! E-mail addresses that letters can be sent to: the plain form of RFC 5321, without quoted local parts or literals.

use std::str::FromStr;

use super::{ValueFault, fault, text_value};

/// RFC 5321, 4.5.3.1: octets of a local part, and of a whole path without its brackets.
const LOCAL_BYTES_MAX: usize = 64;
const ADDRESS_BYTES_MAX: usize = 254;
const LABEL_BYTES_MAX: usize = 63;

/// An address as written, its domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

text_value!(EmailAddress);

impl EmailAddress {
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// In lower case.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for EmailAddress {
    type Err = ValueFault;

    fn from_str(text: &str) -> Result<EmailAddress, ValueFault> {
        let written = text.trim();
        let written = written
            .get(..7)
            .filter(|head| head.eq_ignore_ascii_case("mailto:"))
            .map_or(written, |_| &written[7..]);
        let bare = written
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
            .unwrap_or(written);
        let parts = bare
            .split_once('@')
            .map(|(local, domain)| (local, domain.to_lowercase()));
        match parts {
            Some((local, domain))
                if is_local_part(local) && is_domain(&domain) && bare.len() <= ADDRESS_BYTES_MAX =>
            {
                Ok(EmailAddress(format!("{local}@{domain}")))
            }
            _ => Err(ValueFault::new(fault::EMAIL_FORMAT)),
        }
    }
}

/// RFC 5322 `dot-atom`, with the letters of RFC 6531.
fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.len() <= LOCAL_BYTES_MAX
        && local
            .split('.')
            .all(|atom| !atom.is_empty() && atom.chars().all(is_atom_character))
}

fn is_atom_character(character: char) -> bool {
    character.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character)
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let top = labels.last().copied().unwrap_or("");
    labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && top.chars().count() >= 2
        && !top.chars().all(|character| character.is_ascii_digit())
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= LABEL_BYTES_MAX
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .chars()
            .all(|character| character.is_alphanumeric() || character == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses() {
        for (written, address) in [
            ("jp.wauters@Proximus.Example", "jp.wauters@proximus.example"),
            (
                " <s.o'neill+energy@mail.example> ",
                "s.o'neill+energy@mail.example",
            ),
            ("mailto:an@mail.example", "an@mail.example"),
        ] {
            assert_eq!(
                written.parse::<EmailAddress>().as_ref().map(EmailAddress::as_str),
                Ok(address)
            );
        }
    }

    #[test]
    fn refuses_what_mail_cannot_be_sent_to() {
        for wrong in [
            "an",
            "an@",
            "@mail.example",
            "an@mail",
            "an@@mail.example",
            "an b@mail.example",
            "an@mail..example",
            "an.@mail.example",
            "an@-mail.example",
            "an@mail.1",
            "a@b.example, c@d.example",
            "an@mail.e",
        ] {
            assert_eq!(
                wrong.parse::<EmailAddress>().unwrap_err().code,
                fault::EMAIL_FORMAT,
                "{wrong}"
            );
        }
    }
}
