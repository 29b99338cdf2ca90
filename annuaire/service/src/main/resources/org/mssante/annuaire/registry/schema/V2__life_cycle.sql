-- What the register says against a mailbox of ours: its holder or its structure is not there any more.
create table if not exists mailbox_flag (
    address varchar(320) primary key references mailbox (address),
    motive  varchar(32) not null,
    since   timestamp(3) with time zone not null
);

-- Structures of our mailboxes that an edition of the register has shown: only these can leave it.
create table if not exists known_structure (
    structure_id varchar(20) primary key
);

-- The edition of the register our mailboxes were compared with last, as the SHA-256 of its fingerprint; one row at most.
create table if not exists reviewed_edition (
    edition varchar(64) primary key
);

-- Our addresses as the last edition publishes them: numbers of holders and national identifiers of structures.
create table if not exists publication (
    address    varchar(320)  primary key,
    holders    varchar(4000) not null,
    structures varchar(4000) not null
);

-- Mails that people are still to be sent about a mailbox.
create table if not exists notice (
    id         bigint generated always as identity primary key,
    address    varchar(320) not null references mailbox (address),
    kind       varchar(16)  not null,
    motive     varchar(32)  not null,
    since      timestamp(3) with time zone not null,
    recipient  varchar(320) not null,
    created_at timestamp(3) with time zone not null
);
