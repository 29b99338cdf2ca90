-- What who writes to a mailbox is told while nobody reads it: all three, or none of them.
alter table mailbox add column if not exists absent_from date;
alter table mailbox add column if not exists absent_until date;
alter table mailbox add column if not exists absence_text varchar(1024);
