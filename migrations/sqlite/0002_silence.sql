-- When something is due because the customer is silent (a reminder, a call, the end); null while nothing is awaited.
ALTER TABLE registrations ADD COLUMN next_step_at INTEGER;
CREATE INDEX registrations_by_next_step ON registrations (next_step_at, reference) WHERE next_step_at IS NOT NULL;
