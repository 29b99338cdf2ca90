-- Our own mailboxes. An address is never deleted and never given again: a purged one stays as a tombstone.
create table if not exists mailbox (
    address             varchar(320) primary key,
    type                varchar(3)   not null,
    state               varchar(16)  not null,
    display_name        varchar(256) not null,
    holder_rpps         varchar(11),
    structure_id        varchar(20),
    unlisted            boolean      not null,
    dmp_filing          boolean      not null,
    signing_policy      varchar(16)  not null,
    certificate_subject varchar(1024),
    description         varchar(1024),
    service             varchar(256),
    responsible         varchar(1024)
);

create table if not exists mailbox_member (
    address varchar(320) not null references mailbox (address),
    person  varchar(320) not null,
    rights  varchar(64)  not null,
    primary key (address, person)
);

-- argon2id in the PHC string format; kept apart from what is read for every message
create table if not exists credential (
    address    varchar(320) primary key references mailbox (address),
    hash       varchar(256) not null,
    changed_at timestamp(3) with time zone not null
);

create table if not exists mailbox_change (
    id         bigint generated always as identity primary key,
    address    varchar(320)  not null references mailbox (address),
    changed_at timestamp(3) with time zone not null,
    author     varchar(256)  not null,
    reason     varchar(1024) not null,
    what       varchar(4000) not null
);

create index if not exists mailbox_change_address on mailbox_change (address, id);
