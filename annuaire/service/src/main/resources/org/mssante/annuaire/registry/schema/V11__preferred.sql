-- How much a mailbox is preferred among those of its holder or structure, 1 the most (telecom.rank); none says nothing.
alter table mailbox add column if not exists preferred smallint;
