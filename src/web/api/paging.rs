//! Parameters of lists: `after` (a cursor), `limit`, and what else a list filters by.

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;

use crate::web::problem::{FieldError, Problem};

pub const LIMIT_DEFAULT: u32 = 50;
pub const LIMIT_MAX: u32 = 200;
/// Cursors are short; a longer one is none of ours.
const CURSOR_BYTES_MAX: usize = 200;

/// The parameters of a list, checked.
#[derive(Debug, PartialEq, Eq)]
pub struct Paging {
    pub after: Option<String>,
    pub limit: u32,
    pub disposition: Option<String>,
}

const DISPOSITIONS: [&str; 3] = ["apply", "review", "ignore"];

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Paging, Problem> {
        let Query(query) = Query::<BTreeMap<String, String>>::from_request_parts(parts, state)
            .await
            .map_err(|error| Problem::invalid_query(vec![FieldError::new("", error.to_string())]))?;
        Paging::from_query(query, parts.uri.path().ends_with("/messages")).map_err(Problem::invalid_query)
    }
}

impl Paging {
    fn from_query(
        query: BTreeMap<String, String>,
        filters_disposition: bool,
    ) -> Result<Paging, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut paging = Paging {
            after: None,
            limit: LIMIT_DEFAULT,
            disposition: None,
        };
        for (name, value) in query {
            match name.as_str() {
                "limit" => match value.parse() {
                    Ok(limit) if (1..=LIMIT_MAX).contains(&limit) => paging.limit = limit,
                    _ => errors.push(FieldError::new(
                        name,
                        format!("must be a number from 1 to {LIMIT_MAX}"),
                    )),
                },
                "after" if value.len() > CURSOR_BYTES_MAX || value.is_empty() => {
                    errors.push(FieldError::new(name, "must be the `next` of the page before"));
                }
                "after" => paging.after = Some(value),
                "disposition" if filters_disposition => {
                    if DISPOSITIONS.contains(&value.as_str()) {
                        paging.disposition = Some(value);
                    } else {
                        let detail = format!("must be one of {}", DISPOSITIONS.join(", "));
                        errors.push(FieldError::new(name, detail));
                    }
                }
                _ => errors.push(FieldError::new(name, "is not a parameter of this list")),
            }
        }
        if errors.is_empty() {
            Ok(paging)
        } else {
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn all_bad_parameters_are_named() {
        let bad = query(&[
            ("after", ""),
            ("colour", "red"),
            ("disposition", "lost"),
            ("limit", "0"),
        ]);
        let fields: Vec<String> = Paging::from_query(bad, true)
            .unwrap_err()
            .into_iter()
            .map(|error| error.field)
            .collect();
        assert_eq!(fields, ["after", "colour", "disposition", "limit"]);
        assert!(Paging::from_query(query(&[("disposition", "review")]), false).is_err());
        assert!(Paging::from_query(query(&[("limit", "201")]), false).is_err());
        assert_eq!(
            Paging::from_query(query(&[("limit", "200")]), false)
                .unwrap()
                .limit,
            200
        );
    }
}
