-- What searches ask of a message, folded (upper case, NFC). The header's columns are written with the message; fields and
-- bodies, the text of every part, come later: text_state is 0 as long as they are not there, 1 once they are, 2 where they
-- are too long and searches read the message instead. A message that has no row here is read, too.
CREATE TABLE IF NOT EXISTS message_search (
    message_id   UUID PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    text_state   SMALLINT NOT NULL,
    sent_day     DATE,
    sender       ${text} NOT NULL,
    recipients   ${text} NOT NULL,
    copies       ${text} NOT NULL,
    blind_copies ${text} NOT NULL,
    subject      ${text} NOT NULL,
    mime_id      ${text} NOT NULL,
    replied      ${text} NOT NULL,
    thread_ids   ${text} NOT NULL,
    fields       ${text},
    bodies       ${text}
);
CREATE INDEX IF NOT EXISTS message_search_state ON message_search (text_state, message_id);

CREATE INDEX IF NOT EXISTS mailbox_message_flagged ON mailbox_message (mailbox_id, flagged, uid);
CREATE INDEX IF NOT EXISTS mailbox_message_deleted ON mailbox_message (mailbox_id, deleted, uid);
CREATE INDEX IF NOT EXISTS mailbox_message_modseq ON mailbox_message (mailbox_id, modseq);
