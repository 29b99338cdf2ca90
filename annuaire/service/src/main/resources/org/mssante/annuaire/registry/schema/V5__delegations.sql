-- Who administers mailboxes over the network: those of a structure (its national identifier), or all of them (ALL).
create table if not exists delegation (
    person varchar(320)  not null references mailbox (address),
    scope  varchar(20)   not null,
    since  timestamp(3) with time zone not null,
    author varchar(512)  not null,
    reason varchar(1024) not null,
    primary key (person, scope)
);

create table if not exists delegation_change (
    id         bigint generated always as identity primary key,
    person     varchar(320)  not null references mailbox (address),
    scope      varchar(20)   not null,
    given      boolean       not null,
    changed_at timestamp(3) with time zone not null,
    author     varchar(512)  not null,
    reason     varchar(1024) not null
);

-- a role and an address
alter table mailbox_change alter column author set data type varchar(512);

-- the mailboxes of a structure, and those a person is a member of
create index if not exists mailbox_structure on mailbox (structure_id, address);
create index if not exists mailbox_member_person on mailbox_member (person, address);
