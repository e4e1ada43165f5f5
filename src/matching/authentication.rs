//! Authentication-Results (RFC 8601): whether our own mail server vouches for the domain in From.

/// Whether a header of a trusted server says that the domain of `address` was authenticated: `dmarc=pass` for it, or
/// `dkim=pass` signed by that very domain or one above it.
///
/// Only the topmost header of a trusted name is read: lower ones may have come with the message.
pub(super) fn vouched_for(headers: &[String], trusted: &[String], address: &str) -> bool {
    let Some((_, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let domain = domain.to_lowercase();
    topmost(headers, trusted).is_some_and(|header| {
        results(header)
            .iter()
            .any(|result| authenticates(result, &domain))
    })
}

/// Whether our own server says that the mail is not from the domain in From: its `dmarc=fail`, in the header that
/// [`vouched_for`] reads.
pub(super) fn disowned(headers: &[String], trusted: &[String]) -> bool {
    topmost(headers, trusted).is_some_and(|header| {
        results(header)
            .iter()
            .any(|result| result.split_whitespace().next() == Some("dmarc=fail"))
    })
}

fn topmost<'a>(headers: &'a [String], trusted: &[String]) -> Option<&'a String> {
    headers.iter().find(|header| {
        trusted
            .iter()
            .any(|id| authserv_id(header).eq_ignore_ascii_case(id))
    })
}

/// The first word of the header's value, before its optional version.
fn authserv_id(header: &str) -> &str {
    let value = header.split(';').next().unwrap_or_default();
    value.split_whitespace().next().unwrap_or_default()
}

fn results(header: &str) -> Vec<String> {
    let plain = without_words_of_others(header).to_lowercase();
    plain.split(';').skip(1).map(str::to_owned).collect()
}

fn authenticates(result: &str, domain: &str) -> bool {
    let value_of = |key: &str| {
        result
            .split_whitespace()
            .find_map(|word| word.strip_prefix(key))
            .map(|value| value.trim_matches('"').trim_start_matches('@'))
    };
    if result.split_whitespace().any(|word| word == "dmarc=pass") {
        return value_of("header.from=").is_some_and(|from| from == domain);
    }
    if result.split_whitespace().any(|word| word == "dkim=pass") {
        let signer = value_of("header.d=")
            .or_else(|| value_of("header.i=").map(|id| id.rsplit_once('@').map_or(id, |(_, domain)| domain)));
        return signer.is_some_and(|signer| {
            signer == domain
                || (signer.contains('.')
                    && domain
                        .strip_suffix(signer)
                        .is_some_and(|rest| rest.ends_with('.')))
        });
    }
    false
}

/// The header without its comments, and with nothing in its quoted strings that could part results or words: there our server
/// repeats what the sender said (an envelope address such as `"x; dmarc=pass"@evil.example`).
fn without_words_of_others(header: &str) -> String {
    let (mut depth, mut quoted) = (0usize, false);
    let mut plain = String::with_capacity(header.len());
    let mut characters = header.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quoted || depth > 0 => {
                characters.next();
            }
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            other if quoted => plain.push(if other.is_whitespace() || matches!(other, ';' | '=') {
                '_'
            } else {
                other
            }),
            other if depth == 0 => plain.push(other),
            _ => {}
        }
    }
    // What does not close cannot be told from the sender's words.
    if quoted || depth > 0 {
        plain.clear();
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vouched(header: &str) -> bool {
        vouched_for(
            &[header.to_owned()],
            &["mx.example.test".to_owned()],
            "an@skynet.example",
        )
    }

    #[test]
    fn a_pass_of_our_server_for_that_domain_vouches() {
        assert!(vouched(
            "mx.example.test; spf=pass; dmarc=pass header.from=skynet.example"
        ));
        assert!(vouched(
            "MX.example.test 1; dkim=pass (1024) header.d=skynet.example header.s=a"
        ));
        assert!(vouched("mx.example.test; dkim=pass header.i=@skynet.example"));
    }

    #[test]
    fn any_other_result_does_not() {
        assert!(!vouched("mx.evil.example; dmarc=pass header.from=skynet.example"));
        assert!(!vouched(
            "mx.example.test; dmarc=fail (dmarc=pass header.from=skynet.example)"
        ));
        assert!(!vouched("mx.example.test; dmarc=pass header.from=other.example"));
        assert!(!vouched("mx.example.test; dkim=pass header.d=ynet.example"));
        assert!(!vouched("mx.example.test; dkim=pass header.d=example"));
        assert!(!vouched("mx.example.test; spf=pass smtp.mailfrom=skynet.example"));
        assert!(!vouched(""));
    }

    #[test]
    fn what_the_sender_put_into_comments_and_quotes_is_no_result() {
        for header in [
            "mx.example.test; spf=pass (mailfrom x; dmarc=pass header.from=skynet.example) smtp.mailfrom=a@evil.example",
            "mx.example.test; spf=pass smtp.mailfrom=\"x; dmarc=pass header.from=skynet.example\"@evil.example",
            "mx.example.test; dkim=fail reason=\"no; dkim=pass header.d=skynet.example\" header.d=evil.example",
            "mx.example.test; spf=pass smtp.mailfrom=\"dmarc=pass header.from=skynet.example \"@evil.example",
            "mx.example.test; spf=none smtp.helo=a\"b; dmarc=pass header.from=skynet.example",
            "mx.example.test; spf=pass (\\) ; dmarc=pass header.from=skynet.example)",
        ] {
            assert!(!vouched(header), "{header}");
        }
        assert!(vouched(
            "mx.example.test; dkim=pass reason=\"good; really\" header.d=\"skynet.example\""
        ));
    }

    #[test]
    fn only_the_topmost_header_of_our_server_counts() {
        let headers = [
            "mx.example.test; dmarc=fail header.from=skynet.example".to_owned(),
            "mx.example.test; dmarc=pass header.from=skynet.example".to_owned(),
        ];
        assert!(!vouched_for(
            &headers,
            &["mx.example.test".to_owned()],
            "an@skynet.example"
        ));
    }
}
