-- Grows whenever a password of the mailbox is withdrawn: sessions it opened before are over.
alter table mailbox add column if not exists credentials_version bigint default 0 not null;

-- Passwords of a personal mailbox for one mail client each. The selector, the first group of the password, finds the row and is
-- no secret; the hash is argon2id of the rest.
create table if not exists app_password (
    address  varchar(320) not null references mailbox (address),
    selector varchar(4)   not null,
    name     varchar(64)  not null,
    hash     varchar(256) not null,
    made_at  timestamp(3) with time zone not null,
    used_on  date,
    ends_at  timestamp(3) with time zone,
    primary key (address, selector)
);

create unique index if not exists app_password_name on app_password (address, name);

-- The second factor of a personal mailbox (RFC 6238): its secret sealed by a key that is not in the database, and the last step
-- whose code was used. It counts once a first code has confirmed it.
create table if not exists second_factor (
    address      varchar(320) primary key references mailbox (address),
    sealed       varchar(256) not null,
    made_at      timestamp(3) with time zone not null,
    confirmed_at timestamp(3) with time zone,
    last_step    bigint       not null
);
