-- Who was told during the present absence of a mailbox that nobody reads it: once a sender and absence (RFC 3834).
CREATE TABLE IF NOT EXISTS absence_answer (
    mailbox     VARCHAR(320) NOT NULL,
    sender      VARCHAR(320) NOT NULL,
    absent_from DATE NOT NULL,
    absent_until DATE NOT NULL,
    PRIMARY KEY (mailbox, sender, absent_from)
);
CREATE INDEX IF NOT EXISTS absence_answer_until ON absence_answer (absent_until);
