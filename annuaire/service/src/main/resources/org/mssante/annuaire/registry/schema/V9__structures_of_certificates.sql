-- What the client certificate of a mailbox names its structure by, where that is another identifier than structure_id.
alter table mailbox add column if not exists certificate_structure varchar(20);

-- Whoever gives a mailbox a certificate locks this row first: one certificate belongs to one structure.
create table if not exists certificate_lock (
    id int primary key
);
merge into certificate_lock (id) key (id) values (1);
