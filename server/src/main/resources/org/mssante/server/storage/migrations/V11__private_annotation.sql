-- What a member of a shared mailbox has noted on its folders for himself (RFC 5464, /private). Those of the mailbox itself, for
-- whoever logs in as it, stand with the shared ones in annotation.
CREATE TABLE IF NOT EXISTS private_annotation (
    person     VARCHAR(320) NOT NULL,
    mailbox_id UUID NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
    name       VARCHAR(500) NOT NULL,
    content    ${text} NOT NULL,
    PRIMARY KEY (person, mailbox_id, name)
);
CREATE INDEX IF NOT EXISTS private_annotation_mailbox ON private_annotation (mailbox_id);
