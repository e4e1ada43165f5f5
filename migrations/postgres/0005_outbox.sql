-- Letters that somebody waits for go before those that nobody asked for: 0, then 1.
ALTER TABLE letters ADD COLUMN urgency BIGINT NOT NULL DEFAULT 0;
-- What stands behind the @ of the recipient, in lower case: what is sent there is sent at its pace.
ALTER TABLE letters ADD COLUMN recipient_domain TEXT NOT NULL DEFAULT '';
UPDATE letters SET urgency = 1 WHERE kind IN ('reminder', 'last_reminder', 'expiry');
DROP INDEX letters_to_send;
CREATE INDEX letters_to_send ON letters (urgency, due_at, id)
    WHERE state IN ('queued', 'deferred', 'uncertain', 'sending');
