-- What the annuaire national has taken of our mailboxes: where it stands there (national identifier of the holder or the
-- structure), and the SHA-256 of what it says; none once it was withdrawn.
create table if not exists taken_mailbox (
    address varchar(320) primary key references mailbox (address),
    carrier varchar(20)  not null,
    digest  varchar(64),
    told_at timestamp(3) with time zone not null
);
