-- Times are microseconds since 1970 (UTC). JSON is TEXT: what was written is read back byte for byte,
-- and jsonb refuses the \u0000 that hostile mail may hold. What lists are ordered by sorts by bytes ("C"), as in SQLite.

CREATE TABLE secrets (
    name TEXT PRIMARY KEY NOT NULL,
    secret BYTEA NOT NULL CHECK (length(secret) = 32)
);

-- The current row of a registration. `registration` is the fold of its history; the other columns are what it is looked
-- up by, taken from it at each change.
CREATE TABLE registrations (
    reference TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    version BIGINT NOT NULL,
    -- Sequence number of its last event.
    last_sequence BIGINT NOT NULL,
    state TEXT NOT NULL,
    awaiting TEXT,
    email TEXT,
    electricity_ean TEXT,
    gas_ean TEXT,
    -- When every accepted energy is supplied, ISO 8601.
    start_date TEXT COLLATE "C",
    submitted_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- The lease of verification.
    worker TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    registration TEXT NOT NULL
);
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
    reference TEXT COLLATE "C" NOT NULL REFERENCES registrations (reference),
    sequence BIGINT NOT NULL CHECK (sequence > 0),
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (reference, sequence)
);
CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history is append-only';
END;
$$;
CREATE TRIGGER history_refuses_change BEFORE UPDATE OR DELETE ON history
    FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
CREATE TRIGGER history_refuses_truncate BEFORE TRUNCATE ON history
    FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only();

-- What an Idempotency-Key made.
CREATE TABLE idempotency_keys (
    idempotency_key TEXT PRIMARY KEY NOT NULL,
    body_sha256 BYTEA NOT NULL,
    reference TEXT COLLATE "C" NOT NULL REFERENCES registrations (reference),
    at BIGINT NOT NULL
);

-- The bytes of messages, each once.
CREATE TABLE raw_messages (
    sha256 BYTEA PRIMARY KEY NOT NULL,
    raw BYTEA NOT NULL
);

CREATE TABLE messages (
    message_key TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    sha256 BYTEA NOT NULL REFERENCES raw_messages (sha256),
    -- `whole`, or `headers` when it was over the size limit.
    fetched TEXT NOT NULL,
    -- Size in the mailbox.
    size_bytes BIGINT NOT NULL,
    message_id TEXT,
    -- What two deliveries of one mail have in common (see store/content.rs); null when that cannot be told. Hashed, so
    -- that no header a stranger writes is too long for the index.
    fingerprint BYTEA UNIQUE,
    received_at BIGINT NOT NULL,
    kept_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    -- How often it was claimed for reading.
    claims BIGINT NOT NULL DEFAULT 0,
    worker TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    -- All null until the message has its end state.
    disposition TEXT,
    reference TEXT COLLATE "C",
    settled TEXT,
    settled_at BIGINT,
    closed TEXT,
    UNIQUE (sha256, fetched)
);
CREATE INDEX messages_by_time ON messages (received_at, message_key);
CREATE INDEX messages_by_disposition ON messages (disposition, received_at, message_key);
CREATE INDEX messages_to_review ON messages (received_at, message_key)
    WHERE disposition = 'review' AND closed IS NULL;
CREATE INDEX messages_to_read ON messages (received_at, message_key) WHERE settled IS NULL;
CREATE INDEX messages_by_reference ON messages (reference, received_at, message_key);

-- Where a message was seen: the same one may lie in several folders, and come again under another UID.
CREATE TABLE sightings (
    mailbox TEXT NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid TEXT COLLATE "C" NOT NULL,
    message_key TEXT COLLATE "C" NOT NULL REFERENCES messages (message_key),
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (mailbox, uid_validity, uid)
);
CREATE INDEX sightings_by_message ON sightings (message_key);

CREATE TABLE mailbox_cursors (
    mailbox TEXT PRIMARY KEY NOT NULL,
    uid_validity BIGINT NOT NULL,
    last_uid BIGINT NOT NULL
);

-- The outbox. The Message-ID is fixed when the letter is queued.
CREATE TABLE letters (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference TEXT COLLATE "C" NOT NULL REFERENCES registrations (reference),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    envelope_sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    raw BYTEA NOT NULL,
    state TEXT NOT NULL,
    queued_at BIGINT NOT NULL,
    -- Not to be sent before.
    due_at BIGINT NOT NULL,
    sent_at BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    last_response TEXT,
    worker TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    UNIQUE (reference, number)
);
CREATE INDEX letters_to_send ON letters (due_at, id) WHERE state IN ('queued', 'deferred', 'uncertain', 'sending');
CREATE INDEX letters_failed ON letters (queued_at, id) WHERE state = 'failed';
CREATE INDEX letters_by_recipient ON letters (recipient, sent_at);

-- Every attempt to send a letter, with the server's words.
CREATE TABLE letter_attempts (
    letter_id BIGINT NOT NULL REFERENCES letters (id),
    attempt BIGINT NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    response TEXT NOT NULL,
    PRIMARY KEY (letter_id, attempt)
);

CREATE TABLE agents (
    name TEXT PRIMARY KEY NOT NULL,
    password_hash TEXT
);

CREATE TABLE sessions (
    sha256 BYTEA PRIMARY KEY NOT NULL,
    agent TEXT NOT NULL REFERENCES agents (name),
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
