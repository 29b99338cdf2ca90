-- delegate may act as owner
CREATE TABLE delegation (
    owner    VARCHAR(320) NOT NULL,
    delegate VARCHAR(320) NOT NULL,
    PRIMARY KEY (owner, delegate)
);
CREATE INDEX delegation_delegate ON delegation (delegate);
