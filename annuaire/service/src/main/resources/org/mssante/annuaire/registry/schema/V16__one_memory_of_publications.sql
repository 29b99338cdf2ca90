-- Its lines stand in taken_at. A migration of its own: either may be repeated after a kill.
drop table if exists taken_mailbox;
