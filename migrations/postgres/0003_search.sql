-- The words that registrations are found by.
CREATE TABLE search_words (
    word TEXT COLLATE "C" PRIMARY KEY NOT NULL
);

-- A word, and it without each of its letters: two words that differ by a slip share one of these.
CREATE TABLE search_traces (
    trace TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (trace, word)
);

CREATE TABLE registration_words (
    word TEXT COLLATE "C" NOT NULL,
    reference TEXT COLLATE "C" NOT NULL REFERENCES registrations (reference),
    PRIMARY KEY (word, reference)
);

-- Null until the words of a registration from before this table are written down.
ALTER TABLE registrations ADD COLUMN words_kept BIGINT;
CREATE INDEX registrations_without_words ON registrations (reference) WHERE words_kept IS NULL;
