-- What the operator's schematron notes about a document; null where nothing, or where there is none.
ALTER TABLE document ADD COLUMN IF NOT EXISTS form_findings VARCHAR(4000);
