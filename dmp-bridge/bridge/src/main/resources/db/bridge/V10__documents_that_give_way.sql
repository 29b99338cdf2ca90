-- Since when a document has let others of its line go first, in the attempt it is at; NULL where it lets none.
ALTER TABLE document ADD COLUMN IF NOT EXISTS gave_way_since TIMESTAMP WITH TIME ZONE;
