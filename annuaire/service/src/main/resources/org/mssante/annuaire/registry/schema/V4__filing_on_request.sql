-- Where documents are looked for (dmp_filing): whether they wait until a person says that they are filed.
alter table mailbox add column if not exists dmp_filing_asks boolean default false not null;
