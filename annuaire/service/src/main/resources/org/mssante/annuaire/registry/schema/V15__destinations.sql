-- What each destination (file, or the base of the API) has taken of our mailboxes: where it stands there (national identifier
-- of the holder or the structure), and the SHA-256 of what it says; none once it was withdrawn. An empty destination is the one
-- in use when destinations were first told apart.
create table if not exists taken_at (
    address     varchar(320) not null references mailbox (address),
    destination varchar(500) not null,
    carrier     varchar(20)  not null,
    digest      varchar(64),
    told_at     timestamp(3) with time zone not null,
    primary key (address, destination)
);
merge into taken_at (address, destination, carrier, digest, told_at) key (address, destination)
    select address, '', carrier, digest, told_at from taken_mailbox;
