-- The servers that share this database, each by a number it holds an advisory lock on while it lives; and whose number is on
-- a mail in hand. An embedded database has one server, without a number.
CREATE TABLE IF NOT EXISTS queue_node (
    number INTEGER PRIMARY KEY
);
ALTER TABLE queue_item ADD COLUMN IF NOT EXISTS holder INTEGER;
