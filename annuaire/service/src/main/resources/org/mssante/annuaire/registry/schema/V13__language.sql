-- The language of those who read a mailbox, a primary tag of BCP 47; none is the mail server's.
alter table mailbox add column if not exists language varchar(3);
