-- Suspended or closed by the operator, who alone opens it again.
alter table mailbox add column if not exists held boolean default false not null;

-- as far as the history tells who did it last
update mailbox set held = true
where state in ('SUSPENDED', 'CLOSED') and exists (
    select 1 from mailbox_change done
    where done.address = mailbox.address and done.author like 'operator %' and done.id = (
        select max(last.id) from mailbox_change last
        where last.address = mailbox.address and last.what like '%state: %'));
