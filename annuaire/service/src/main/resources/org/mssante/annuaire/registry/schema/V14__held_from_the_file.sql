-- A mailbox that is not open and whose state never changed was created so, by the file of the operator, who alone opens it.
update mailbox set held = true
where state in ('SUSPENDED', 'CLOSED') and not exists (
    select 1 from mailbox_change done where done.address = mailbox.address and done.what like '%state: %');
