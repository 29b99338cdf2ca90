-- The document that a document names as what it replaces (relatedDocument RPLC); NULL too in what was found by an older version, of which
-- migration 8 gave each document without setId a set of its own, whatever it replaces.
ALTER TABLE document ADD COLUMN IF NOT EXISTS replaces_id VARCHAR(400);
CREATE INDEX IF NOT EXISTS document_replaces ON document (replaces_id);
