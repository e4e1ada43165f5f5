-- Times are microseconds since 1970 (UTC). JSON is TEXT: what was written is read back byte for byte.

CREATE TABLE secrets (
    name TEXT PRIMARY KEY NOT NULL,
    secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT;

-- The current row of a registration. `registration` is the fold of its history; the other columns are what it is looked
-- up by, taken from it at each change.
CREATE TABLE registrations (
    reference TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL,
    -- Sequence number of its last event.
    last_sequence INTEGER NOT NULL,
    state TEXT NOT NULL,
    awaiting TEXT,
    email TEXT,
    electricity_ean TEXT,
    gas_ean TEXT,
    -- When every accepted energy is supplied, ISO 8601.
    start_date TEXT,
    submitted_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- The lease of verification.
    worker TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    registration TEXT NOT NULL
) STRICT;
CREATE INDEX registrations_by_change ON registrations (updated_at, reference);
CREATE INDEX registrations_by_email ON registrations (email, updated_at);
CREATE INDEX registrations_by_electricity_ean ON registrations (electricity_ean, updated_at);
CREATE INDEX registrations_by_gas_ean ON registrations (gas_ean, updated_at);
CREATE INDEX registrations_to_verify ON registrations (submitted_at, reference)
    WHERE state IN ('received', 'verifying');
CREATE INDEX registrations_for_agent ON registrations (updated_at, reference)
    WHERE state = 'blocked' AND awaiting = 'agent';
CREATE INDEX registrations_to_activate ON registrations (start_date, reference) WHERE state = 'accepted';

-- What happened to a registration. Append-only: the triggers refuse everything but INSERT.
CREATE TABLE history (
    reference TEXT NOT NULL REFERENCES registrations (reference),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (reference, sequence)
) STRICT;
CREATE TRIGGER history_refuses_update BEFORE UPDATE ON history
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;
CREATE TRIGGER history_refuses_delete BEFORE DELETE ON history
BEGIN
    SELECT RAISE(ABORT, 'the history is append-only');
END;

-- What an Idempotency-Key made.
CREATE TABLE idempotency_keys (
    idempotency_key TEXT PRIMARY KEY NOT NULL,
    body_sha256 BLOB NOT NULL,
    reference TEXT NOT NULL REFERENCES registrations (reference),
    at INTEGER NOT NULL
) STRICT;

-- The bytes of messages, each once.
CREATE TABLE raw_messages (
    sha256 BLOB PRIMARY KEY NOT NULL,
    raw BLOB NOT NULL
) STRICT;

CREATE TABLE messages (
    message_key TEXT PRIMARY KEY NOT NULL,
    sha256 BLOB NOT NULL REFERENCES raw_messages (sha256),
    -- `whole`, or `headers` when it was over the size limit.
    fetched TEXT NOT NULL,
    -- Size in the mailbox.
    size_bytes INTEGER NOT NULL,
    message_id TEXT,
    -- What two deliveries of one mail have in common (see store/content.rs); null when that cannot be told. Hashed, so
    -- that no header a stranger writes is too long for the index.
    fingerprint BLOB UNIQUE,
    received_at INTEGER NOT NULL,
    kept_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    -- How often it was claimed for reading.
    claims INTEGER NOT NULL DEFAULT 0,
    worker TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    -- All null until the message has its end state.
    disposition TEXT,
    reference TEXT,
    settled TEXT,
    settled_at INTEGER,
    closed TEXT,
    UNIQUE (sha256, fetched)
) STRICT;
CREATE INDEX messages_by_time ON messages (received_at, message_key);
CREATE INDEX messages_by_disposition ON messages (disposition, received_at, message_key);
CREATE INDEX messages_to_review ON messages (received_at, message_key)
    WHERE disposition = 'review' AND closed IS NULL;
CREATE INDEX messages_to_read ON messages (received_at, message_key) WHERE settled IS NULL;
CREATE INDEX messages_by_reference ON messages (reference, received_at, message_key);

-- Where a message was seen: the same one may lie in several folders, and come again under another UID.
CREATE TABLE sightings (
    mailbox TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid TEXT NOT NULL,
    message_key TEXT NOT NULL REFERENCES messages (message_key),
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (mailbox, uid_validity, uid)
) STRICT;
CREATE INDEX sightings_by_message ON sightings (message_key);

CREATE TABLE mailbox_cursors (
    mailbox TEXT PRIMARY KEY NOT NULL,
    uid_validity INTEGER NOT NULL,
    last_uid INTEGER NOT NULL
) STRICT;

-- The outbox. The Message-ID is fixed when the letter is queued.
CREATE TABLE letters (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL REFERENCES registrations (reference),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    envelope_sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    raw BLOB NOT NULL,
    state TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    -- Not to be sent before.
    due_at INTEGER NOT NULL,
    sent_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_response TEXT,
    worker TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    UNIQUE (reference, number)
) STRICT;
CREATE INDEX letters_to_send ON letters (due_at, id) WHERE state IN ('queued', 'deferred', 'uncertain', 'sending');
CREATE INDEX letters_failed ON letters (queued_at, id) WHERE state = 'failed';
CREATE INDEX letters_by_recipient ON letters (recipient, sent_at);

-- Every attempt to send a letter, with the server's words.
CREATE TABLE letter_attempts (
    letter_id INTEGER NOT NULL REFERENCES letters (id),
    attempt INTEGER NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    response TEXT NOT NULL,
    PRIMARY KEY (letter_id, attempt)
) STRICT;

CREATE TABLE agents (
    name TEXT PRIMARY KEY NOT NULL,
    password_hash TEXT
) STRICT;

CREATE TABLE sessions (
    sha256 BLOB PRIMARY KEY NOT NULL,
    agent TEXT NOT NULL REFERENCES agents (name),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
