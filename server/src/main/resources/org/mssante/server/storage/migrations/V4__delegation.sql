-- delegate may act as owner
CREATE TABLE IF NOT EXISTS delegation (
    owner    VARCHAR(320) NOT NULL,
    delegate VARCHAR(320) NOT NULL,
    PRIMARY KEY (owner, delegate)
);
CREATE INDEX IF NOT EXISTS delegation_delegate ON delegation (delegate);
