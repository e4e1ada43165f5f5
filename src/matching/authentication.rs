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
    headers
        .iter()
        .find(|header| {
            trusted
                .iter()
                .any(|id| authserv_id(header).eq_ignore_ascii_case(id))
        })
        .is_some_and(|header| results(header).any(|result| authenticates(&result, &domain)))
}

/// The first word of the header's value, before its optional version.
fn authserv_id(header: &str) -> &str {
    let value = header.split(';').next().unwrap_or_default();
    value.split_whitespace().next().unwrap_or_default()
}

fn results(header: &str) -> impl Iterator<Item = String> + '_ {
    header
        .split(';')
        .skip(1)
        .map(|result| without_comments(result).to_lowercase())
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

/// The result without its parenthesised comments, in which anybody may write `dmarc=pass`.
fn without_comments(result: &str) -> String {
    let mut depth = 0usize;
    let mut plain = String::with_capacity(result.len());
    for character in result.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            other if depth == 0 => plain.push(other),
            _ => {}
        }
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
