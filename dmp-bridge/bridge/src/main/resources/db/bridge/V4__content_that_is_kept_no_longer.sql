-- When the content of a mail and of its documents was freed: their lines stay, so that what is sent again is known.
ALTER TABLE message ADD COLUMN IF NOT EXISTS freed_at TIMESTAMP(6) WITH TIME ZONE;
-- What ended and is still kept is looked up by its age.
CREATE INDEX IF NOT EXISTS message_kept ON message (state, freed_at, received_at);
