-- Which members of a shared mailbox have seen a message. \Seen of the mailbox itself, for whoever logs in as it, is the
-- column seen of mailbox_message.
CREATE TABLE IF NOT EXISTS message_seen (
    mailbox_id UUID NOT NULL,
    uid        BIGINT NOT NULL,
    person     VARCHAR(320) NOT NULL,
    PRIMARY KEY (mailbox_id, person, uid),
    FOREIGN KEY (mailbox_id, uid) REFERENCES mailbox_message (mailbox_id, uid) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS message_seen_message ON message_seen (mailbox_id, uid);
