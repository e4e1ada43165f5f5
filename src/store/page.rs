//! Cursors of lists: opaque to callers, `(time, key)` of the last row inside, so that a page costs an index look-up however
//! far down the list it is.

use data_encoding::BASE64URL_NOPAD;

use super::{Page, StoreError};

/// Rows of a page, at most, whatever the caller asks for.
pub(super) const PAGE_ROWS_MAX: u32 = 200;

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Position {
    /// Microseconds.
    pub(super) at: i64,
    pub(super) key: String,
}

impl Position {
    /// Before everything, in a list in ascending order.
    pub(super) fn first() -> Position {
        Position {
            at: i64::MIN,
            key: String::new(),
        }
    }

    /// After everything: the start of a list in descending order.
    pub(super) fn last() -> Position {
        Position {
            at: i64::MAX,
            key: String::new(),
        }
    }

    /// The position a cursor stands for.
    pub(super) fn parse(cursor: &str) -> Result<Position, StoreError> {
        let position = || {
            let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            let (at, key) = text.split_once(' ')?;
            // PostgreSQL refuses NUL in text.
            (!key.contains('\0')).then_some(())?;
            Some(Position {
                at: at.parse().ok()?,
                key: key.to_owned(),
            })
        };
        position().ok_or_else(|| StoreError::Cursor(cursor.to_owned()))
    }

    fn cursor(&self) -> String {
        BASE64URL_NOPAD.encode(format!("{} {}", self.at, self.key).as_bytes())
    }
}

/// How many rows to ask the database for: one more than wanted says whether there is a next page.
pub(super) fn rows_to_fetch(limit: u32) -> i64 {
    i64::from(limit.clamp(1, PAGE_ROWS_MAX)) + 1
}

/// The page of the rows fetched by [`rows_to_fetch`].
pub(super) fn page<R, T>(
    mut rows: Vec<R>,
    limit: u32,
    position: impl Fn(&R) -> Position,
    item: impl Fn(R) -> Result<T, StoreError>,
) -> Result<Page<T>, StoreError> {
    let wanted = limit.clamp(1, PAGE_ROWS_MAX) as usize;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = if more {
        rows.last().map(|row| position(row).cursor())
    } else {
        None
    };
    let items = rows.into_iter().map(item).collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nothing_else_does() {
        let position = Position {
            at: -3,
            key: "REG-7K3M9Q2X".into(),
        };
        assert_eq!(Position::parse(&position.cursor()).unwrap(), position);
        for wrong in ["", "x", "42", "REG-7K3M9Q2X", "é"] {
            assert!(
                matches!(Position::parse(wrong), Err(StoreError::Cursor(_))),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_page_names_the_next_one_only_when_there_is_one() {
        let at = |key: &i64| Position {
            at: *key,
            key: String::new(),
        };
        let rows = |n: i64| (0..n).collect::<Vec<i64>>();
        let full = page(rows(3), 2, at, Ok).unwrap();
        assert_eq!((full.items, full.next), (vec![0, 1], Some(at(&1).cursor())));
        let last = page(rows(2), 2, at, Ok).unwrap();
        assert_eq!((last.items, last.next), (vec![0, 1], None));
    }
}
