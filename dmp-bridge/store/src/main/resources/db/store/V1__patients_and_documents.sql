-- The DMP store. Plain SQL types, so that the same file serves H2 and PostgreSQL.

create table if not exists patient (
    matricule  varchar(15) not null,
    authority  varchar(64) not null,
    state      varchar(16) not null,
    changed_at timestamp with time zone not null,
    primary key (matricule, authority)
);

create table if not exists submission_set (
    entry_uuid    varchar(64) primary key,
    unique_id     varchar(256) not null unique,
    source_id     varchar(256) not null,
    matricule     varchar(15) not null,
    authority     varchar(64) not null,
    submitted_by  varchar(1000) not null,
    registered_at timestamp with time zone not null
);

-- metadata: the ExtrinsicObject as registered; status is the one attribute that changes
create table if not exists document_entry (
    entry_uuid      varchar(64) primary key,
    unique_id       varchar(256) not null unique,
    submission_uuid varchar(64) not null references submission_set,
    matricule       varchar(15) not null,
    authority       varchar(64) not null,
    status          varchar(16) not null,
    mime_type       varchar(256) not null,
    sha1            varchar(40) not null,
    size            bigint not null,
    metadata        varchar(1000000) not null,
    registered_at   timestamp with time zone not null
);
create index if not exists document_entry_of_patient on document_entry (matricule, authority, registered_at);

create table if not exists association (
    type        varchar(256) not null,
    source_uuid varchar(64) not null,
    target_uuid varchar(64) not null,
    primary key (source_uuid, target_uuid, type)
);

-- a document's bytes in parts of bounded size, so that neither side ever holds a whole document
create table if not exists document_content (
    entry_uuid varchar(64) not null,
    part       integer not null,
    bytes      bytea not null,
    primary key (entry_uuid, part)
);
