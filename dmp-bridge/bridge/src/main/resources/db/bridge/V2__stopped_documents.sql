-- Attempts that ended in a defect of ours, or with the end of the process. Too many, and the piece of work stops: a mail is
-- refused as unreadable, a document waits in the state STOPPED for an operator.
ALTER TABLE message ADD COLUMN IF NOT EXISTS failures INT DEFAULT 0 NOT NULL;
ALTER TABLE document ADD COLUMN IF NOT EXISTS failures INT DEFAULT 0 NOT NULL;
-- When an operator started a document again: from then on its waiting counts. Null for one that was never stopped.
ALTER TABLE document ADD COLUMN IF NOT EXISTS restarted_at TIMESTAMP(6) WITH TIME ZONE;
