-- What is due is looked up state by state, in this order.
CREATE INDEX IF NOT EXISTS message_due ON message (state, due_at, id);
CREATE INDEX IF NOT EXISTS document_due ON document (state, due_at, id);
CREATE INDEX IF NOT EXISTS receipt_due ON receipt (state, due_at, message);
DROP INDEX IF EXISTS message_work;
DROP INDEX IF EXISTS document_work;
DROP INDEX IF EXISTS receipt_work;
