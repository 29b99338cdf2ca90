-- A versionNumber may have more digits than an INT holds.
ALTER TABLE document ALTER COLUMN version_number SET DATA TYPE BIGINT;
-- A document without setId is of the set of what it replaces, else the first of a set of its own; without a set its number names no
-- version.
UPDATE document SET set_id = document_id, version_number = NULL
    WHERE set_id IS NULL AND document_id IS NOT NULL AND patient IS NOT NULL;
-- Operators look up what a mail held, and the mail by its Message-ID.
CREATE INDEX IF NOT EXISTS message_message_id ON message (message_id);
