-- the practices a person is the responsible of
create index if not exists mailbox_holder on mailbox (holder_rpps, address);
