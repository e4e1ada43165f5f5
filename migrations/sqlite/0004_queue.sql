-- What a review case is looked for by, and when it begins to hurt.
ALTER TABLE messages ADD COLUMN queue TEXT;
ALTER TABLE messages ADD COLUMN language TEXT;
-- The wished start of supply, ISO 8601.
ALTER TABLE messages ADD COLUMN starts_on TEXT;
ALTER TABLE messages ADD COLUMN hurts_at INTEGER;
UPDATE messages SET queue = CASE WHEN reference IS NULL THEN 'unmatched' ELSE 'answers' END,
        hurts_at = received_at + 86400000000
    WHERE disposition = 'review' AND closed IS NULL;
-- Only review cases begin to hurt. Holds all that the list is chosen and counted by.
CREATE INDEX messages_by_hurt ON messages (hurts_at, message_key, queue, language)
    WHERE hurts_at IS NOT NULL AND closed IS NULL;
