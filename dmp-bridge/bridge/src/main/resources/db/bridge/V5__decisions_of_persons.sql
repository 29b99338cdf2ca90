-- A document whose mailbox wants to be asked waits in the state ASKED, until a person says FILE or DISCARD.
ALTER TABLE document ADD COLUMN IF NOT EXISTS person_verdict VARCHAR(16);
ALTER TABLE document ADD COLUMN IF NOT EXISTS person_name VARCHAR(200);
ALTER TABLE document ADD COLUMN IF NOT EXISTS person_decided_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE document ADD COLUMN IF NOT EXISTS person_reason VARCHAR(1000);
