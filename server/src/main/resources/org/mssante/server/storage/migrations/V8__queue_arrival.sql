-- When the mail came to this server: it stays the same however often the mail goes back into a queue, so the oldest one
-- says how long something has been stuck.
ALTER TABLE queue_item ADD COLUMN IF NOT EXISTS arrived TIMESTAMP(3) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL;
CREATE INDEX IF NOT EXISTS queue_item_arrived ON queue_item (queue, arrived);
