-- The words that registrations are found by.
CREATE TABLE search_words (
    word TEXT PRIMARY KEY NOT NULL
) WITHOUT ROWID, STRICT;

-- A word, and it without each of its letters: two words that differ by a slip share one of these.
CREATE TABLE search_traces (
    trace TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (trace, word)
) WITHOUT ROWID, STRICT;

CREATE TABLE registration_words (
    word TEXT NOT NULL,
    reference TEXT NOT NULL REFERENCES registrations (reference),
    PRIMARY KEY (word, reference)
) WITHOUT ROWID, STRICT;

-- Null until the words of a registration from before this table are written down.
ALTER TABLE registrations ADD COLUMN words_kept INTEGER;
CREATE INDEX registrations_without_words ON registrations (reference) WHERE words_kept IS NULL;
