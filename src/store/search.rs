//! Registrations found by what a person types: words, beginnings and slips are look-ups in indexes, however many registrations
//! there are.

use std::collections::BTreeSet;

use crate::registration::Registration;
use crate::registration::search::{Match, Query, Term, traces, words};

use super::db::{Tx, execute, from_json, on_pool, on_tx, statements, to_json};
use super::registrations::CurrentRow;
use super::{RegistrationRow, Store, StoreError};

statements! {
    KEEP_VOCABULARY = "INSERT INTO search_words (word) SELECT value FROM json_each($1) WHERE true
        ON CONFLICT DO NOTHING RETURNING word",
        postgres says "INSERT INTO search_words (word)
            SELECT value FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) AS list (value)
            ON CONFLICT DO NOTHING RETURNING word";
    KEEP_TRACES = "INSERT INTO search_traces (trace, word) SELECT value, $2 FROM json_each($1) WHERE true
        ON CONFLICT DO NOTHING",
        postgres says "INSERT INTO search_traces (trace, word)
            SELECT value, CAST($2 AS TEXT) FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) AS list (value)
            ON CONFLICT DO NOTHING";
    KEEP_WORDS = "INSERT INTO registration_words (word, reference) SELECT value, $2 FROM json_each($1) WHERE true
        ON CONFLICT DO NOTHING",
        postgres says "INSERT INTO registration_words (word, reference)
            SELECT value, CAST($2 AS TEXT) FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) AS list (value)
            ON CONFLICT DO NOTHING";
    DROP_WORD = "DELETE FROM registration_words WHERE word = $1 AND reference = $2";
    WITHOUT_WORDS = "SELECT reference, registration FROM registrations WHERE words_kept IS NULL ORDER BY reference LIMIT $1",
        postgres adds "FOR UPDATE";
    WORDS_ARE_KEPT = "UPDATE registrations SET words_kept = 1 WHERE reference = $1";
    KNOWN_AMONG = "SELECT search_words.word FROM json_each($1) AS list JOIN search_words ON search_words.word = list.value",
        postgres says "SELECT search_words.word
            FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) AS list (value)
            JOIN search_words ON search_words.word = list.value";
    BEGUN = "SELECT word FROM search_words WHERE word >= $1 AND word < $2 ORDER BY word LIMIT $3";
    WITH_TRACE = "SELECT search_traces.word FROM json_each($1) AS list JOIN search_traces ON search_traces.trace = list.value
        LIMIT $2",
        postgres says "SELECT search_traces.word
            FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) AS list (value)
            JOIN search_traces ON search_traces.trace = list.value LIMIT $2";
    HOW_COMMON = "SELECT COUNT(*) FROM (SELECT 1 FROM json_each($1) AS list
        JOIN registration_words ON registration_words.word = list.value LIMIT $2) AS bounded",
        postgres says "SELECT COUNT(*) FROM (SELECT 1
            FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) AS list (value)
            JOIN registration_words ON registration_words.word = list.value LIMIT $2) AS bounded";
    WITH_WORDS = "SELECT led.reference FROM (SELECT registration_words.reference FROM json_each($1) AS lead
            JOIN registration_words ON registration_words.word = lead.value LIMIT $3) AS led
        WHERE NOT EXISTS (SELECT 1 FROM json_each($2) AS term WHERE NOT EXISTS (SELECT 1 FROM json_each(term.value) AS list
            JOIN registration_words AS other ON other.word = list.value AND other.reference = led.reference))
        LIMIT $4",
        postgres says "SELECT led.reference FROM (SELECT registration_words.reference
                FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) AS lead (value)
                JOIN registration_words ON registration_words.word = lead.value LIMIT $3) AS led
            WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements(CAST(CAST($2 AS TEXT) AS JSONB)) AS term (value)
                WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements_text(term.value) AS list (value)
                    JOIN registration_words AS other ON other.word = list.value AND other.reference = led.reference))
            LIMIT $4";
    ROWS = "SELECT registrations.reference, version, last_sequence, updated_at, registration FROM json_each($1) AS list
        JOIN registrations ON registrations.reference = list.value",
        postgres says "SELECT reference, version, last_sequence, updated_at, registration
            FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) AS list (value)
            JOIN registrations ON registrations.reference = list.value";
}

/// Words that one term may stand for.
const WORDS_PER_TERM_MAX: i64 = 60;
/// Words that share a trace with what was typed are looked at up to so many.
const TRACED_MAX: i64 = 600;
/// Counting how common a word is ends here.
const COMMON: i64 = 2_000;
/// Registrations that the rarest term leads to, looked at for the other terms.
const LED_MAX: i64 = 20_000;
/// Registrations that fit are weighed up to so many: whoever finds more must say more.
const WEIGHED_MAX: usize = 200;

/// A registration that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub row: RegistrationRow,
    pub fit: Match,
}

/// How far to look for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Whole words and their beginnings.
    AsTyped,
    WithSlips,
}

impl Store {
    /// Registrations that have a word for each term of the query, the best fit first, of those the last changed; at most
    /// `limit`.
    pub async fn search(&self, query: &Query, limit: usize) -> Result<Vec<Found>, StoreError> {
        let mut references = BTreeSet::new();
        for reach in [Reach::AsTyped, Reach::WithSlips] {
            if references.len() < WEIGHED_MAX {
                references.extend(self.references_with(query, reach).await?);
            }
        }
        let list = to_json(&references.iter().take(2 * WEIGHED_MAX).collect::<Vec<_>>())?;
        let rows: Vec<CurrentRow> = on_pool!(&self.inner.db, c, sql = ROWS => {
            sqlx::query_as(sql).bind(list).fetch_all(c).await
        })?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let row = row.into_row()?;
            if let Some(fit) = query.fit(&row.registration) {
                found.push(Found { row, fit });
            }
        }
        found.sort_by_key(|found| std::cmp::Reverse((found.fit.score, found.row.updated_at)));
        found.truncate(limit);
        Ok(found)
    }

    async fn references_with(&self, query: &Query, reach: Reach) -> Result<Vec<String>, StoreError> {
        let mut terms = Vec::with_capacity(query.terms().len());
        for term in query.terms() {
            let words = self.words_for(term, reach).await?;
            if words.is_empty() {
                return Ok(Vec::new());
            }
            let list = to_json(&words)?;
            let count: i64 = on_pool!(&self.inner.db, c, sql = HOW_COMMON => {
                sqlx::query_scalar(sql).bind(&list).bind(COMMON).fetch_one(c).await
            })?;
            terms.push((count, words));
        }
        terms.sort_by_key(|(count, _)| *count);
        let mut words = terms.into_iter().map(|(_, words)| words);
        let Some(lead) = words.next() else {
            return Ok(Vec::new());
        };
        let (lead, others) = (to_json(&lead)?, to_json(&words.collect::<Vec<_>>())?);
        let references = on_pool!(&self.inner.db, c, sql = WITH_WORDS => {
            sqlx::query_scalar(sql)
                .bind(lead)
                .bind(others)
                .bind(LED_MAX)
                .bind(WEIGHED_MAX as i64)
                .fetch_all(c)
                .await
        })?;
        Ok(references)
    }

    /// The words of the vocabulary that a term may stand for.
    async fn words_for(&self, term: &Term, reach: Reach) -> Result<BTreeSet<String>, StoreError> {
        let texts = to_json(&term.texts())?;
        let known: Vec<String> = on_pool!(&self.inner.db, c, sql = KNOWN_AMONG => {
            sqlx::query_scalar(sql).bind(&texts).fetch_all(c).await
        })?;
        let mut words = BTreeSet::from_iter(known);
        for beginning in term.beginnings() {
            // The next text that does not begin so, in the order of bytes of UTF-8.
            let end = format!("{beginning}{}", char::MAX);
            let begun: Vec<String> = on_pool!(&self.inner.db, c, sql = BEGUN => {
                sqlx::query_scalar(sql)
                    .bind(beginning)
                    .bind(&end)
                    .bind(WORDS_PER_TERM_MAX)
                    .fetch_all(c)
                    .await
            })?;
            words.extend(begun);
        }
        let traces = term.traces();
        if reach == Reach::WithSlips && !traces.is_empty() {
            let traces = to_json(&traces)?;
            let traced: Vec<String> = on_pool!(&self.inner.db, c, sql = WITH_TRACE => {
                sqlx::query_scalar(sql).bind(&traces).bind(TRACED_MAX).fetch_all(c).await
            })?;
            words.extend(traced.into_iter().filter(|word| term.fit(word).is_some()));
        }
        Ok(words)
    }

    /// Writes down the words of registrations that came before words were kept; gives how many, 0 when none is left.
    pub async fn keep_missing_words(&self, limit: u32) -> Result<usize, StoreError> {
        let mut tx = self.inner.db.begin().await?;
        let rows: Vec<(String, String)> = on_tx!(&mut tx, c, sql = WITHOUT_WORDS => {
            sqlx::query_as(sql).bind(i64::from(limit)).fetch_all(c).await
        })?;
        for (reference, json) in &rows {
            match from_json(json, "a registration") {
                Ok(registration) => keep_words(&mut tx, None, &registration).await?,
                // One row that this version cannot read must not keep the others from being found.
                Err(error) => {
                    tracing::error!(reference, %error, "a registration will not be found by its words")
                }
            }
            execute!(&mut tx, WORDS_ARE_KEPT, reference)?;
        }
        tx.commit().await?;
        Ok(rows.len())
    }
}

/// Keeps what a registration is found by, beside its row: what is new since `before`, and no more what is gone.
pub(super) async fn keep_words(
    tx: &mut Tx,
    before: Option<&Registration>,
    now: &Registration,
) -> Result<(), StoreError> {
    let texts = |registration| -> BTreeSet<String> {
        words(registration).into_iter().map(|word| word.text).collect()
    };
    let (old, new) = (before.map(texts).unwrap_or_default(), texts(now));
    let reference = now.reference.as_str();
    for gone in old.difference(&new) {
        execute!(&mut *tx, DROP_WORD, gone, reference)?;
    }
    let added: Vec<&String> = new.difference(&old).collect();
    if added.is_empty() {
        return Ok(());
    }
    let added = to_json(&added)?;
    let fresh: Vec<String> = on_tx!(&mut *tx, c, sql = KEEP_VOCABULARY => {
        sqlx::query_scalar(sql).bind(&added).fetch_all(c).await
    })?;
    for word in fresh {
        let traces = traces(&word);
        if !traces.is_empty() {
            execute!(&mut *tx, KEEP_TRACES, to_json(&traces)?, &word)?;
        }
    }
    execute!(tx, KEEP_WORDS, &added, reference)?;
    Ok(())
}
