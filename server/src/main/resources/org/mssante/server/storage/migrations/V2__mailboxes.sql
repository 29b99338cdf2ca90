CREATE TABLE IF NOT EXISTS mailbox (
    id             UUID PRIMARY KEY,
    namespace      VARCHAR(100) NOT NULL,
    owner          VARCHAR(320) NOT NULL,
    name           VARCHAR(500) NOT NULL,
    uid_validity   BIGINT NOT NULL,
    last_uid       BIGINT DEFAULT 0 NOT NULL,
    highest_modseq BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT mailbox_path UNIQUE (owner, namespace, name)
);

CREATE TABLE IF NOT EXISTS mailbox_right (
    mailbox_id UUID NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
    entry      VARCHAR(340) NOT NULL,
    rights     VARCHAR(40) NOT NULL,
    PRIMARY KEY (mailbox_id, entry)
);
CREATE INDEX IF NOT EXISTS mailbox_right_entry ON mailbox_right (entry);

-- user flags a mailbox has ever seen: what SELECT answers as FLAGS
CREATE TABLE IF NOT EXISTS mailbox_user_flag (
    mailbox_id UUID NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
    flag       VARCHAR(500) NOT NULL,
    PRIMARY KEY (mailbox_id, flag)
);

-- What a message is, whatever mailboxes it is in: RFC 8474 EMAILID names a row of it. The prefix is the header with the
-- blank line after it, or its first 64 kB.
CREATE TABLE IF NOT EXISTS message (
    id            UUID PRIMARY KEY,
    thread_id     UUID NOT NULL,
    internal_date TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    octets        BIGINT NOT NULL,
    body_start    INTEGER NOT NULL,
    text_lines    BIGINT,
    properties    ${text} NOT NULL,
    prefix        ${binary} NOT NULL,
    body_id       BIGINT NOT NULL REFERENCES body (id),
    touched       TIMESTAMP(3) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS message_body ON message (body_id);

CREATE TABLE IF NOT EXISTS mailbox_message (
    mailbox_id UUID NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
    uid        BIGINT NOT NULL,
    modseq     BIGINT NOT NULL,
    message_id UUID NOT NULL REFERENCES message (id),
    save_date  TIMESTAMP(3) WITH TIME ZONE,
    answered   BOOLEAN NOT NULL,
    deleted    BOOLEAN NOT NULL,
    draft      BOOLEAN NOT NULL,
    flagged    BOOLEAN NOT NULL,
    recent     BOOLEAN NOT NULL,
    seen       BOOLEAN NOT NULL,
    user_flags ${text} NOT NULL,
    PRIMARY KEY (mailbox_id, uid)
);
CREATE INDEX IF NOT EXISTS mailbox_message_message ON mailbox_message (message_id);
CREATE INDEX IF NOT EXISTS mailbox_message_seen ON mailbox_message (mailbox_id, seen, uid);
CREATE INDEX IF NOT EXISTS mailbox_message_recent ON mailbox_message (mailbox_id, recent, uid);

CREATE TABLE IF NOT EXISTS attachment (
    id         VARCHAR(100) PRIMARY KEY,
    message_id UUID NOT NULL,
    seq        INTEGER NOT NULL,
    media_type ${text} NOT NULL,
    octets     BIGINT NOT NULL,
    name       ${text},
    content_id ${text},
    inlined    BOOLEAN NOT NULL,
    body_id    BIGINT NOT NULL REFERENCES body (id)
);
CREATE INDEX IF NOT EXISTS attachment_message ON attachment (message_id, seq);
CREATE INDEX IF NOT EXISTS attachment_body ON attachment (body_id);

CREATE TABLE IF NOT EXISTS annotation (
    mailbox_id UUID NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
    name       VARCHAR(500) NOT NULL,
    content    ${text} NOT NULL,
    PRIMARY KEY (mailbox_id, name)
);

CREATE TABLE IF NOT EXISTS subscription (
    owner   VARCHAR(320) NOT NULL,
    mailbox VARCHAR(500) NOT NULL,
    PRIMARY KEY (owner, mailbox)
);

CREATE TABLE IF NOT EXISTS quota_usage (
    root     VARCHAR(430) PRIMARY KEY,
    messages BIGINT NOT NULL,
    octets   BIGINT NOT NULL
);

-- scope: user (name is a quota root), domain, global (name is empty); kind: messages or octets; -1 is "unlimited"
CREATE TABLE IF NOT EXISTS quota_limit (
    scope  VARCHAR(10) NOT NULL,
    name   VARCHAR(430) NOT NULL,
    kind   VARCHAR(10) NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (scope, name, kind)
);
