package org.mssante.server.storage.mailbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;

/**
 * The messages of a mailbox in the order of their UIDs, read from the database a page at a time: however many there are,
 * one page is in memory and no connection is held between two. Not thread-safe.
 */
final class MessagePages implements Iterator<MailboxMessage> {
    private static final int PAGE = 250;

    private final MailboxDatabase database;
    private final MessageRows rows;
    private final Reader reader;
    private final UUID mailbox;
    private final FetchType type;
    private final long last;
    private final Deque<StoredMessage> page = new ArrayDeque<>();
    private long next;
    private long remaining;

    /** The database failed between two pages; the cause is the exception for James. */
    static final class ReadFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReadFailure(MailboxException cause) {
            super(cause);
        }
    }

    /** @param limit at most so many messages; none where it is not positive */
    MessagePages(
            MailboxDatabase database,
            MessageRows rows,
            Reader reader,
            UUID mailbox,
            MessageRange range,
            FetchType type,
            int limit) {
        UidRange uids = UidRange.of(range);
        this.database = database;
        this.rows = rows;
        this.reader = reader;
        this.mailbox = mailbox;
        this.type = type;
        this.next = uids.from();
        this.last = uids.to();
        this.remaining = limit > 0 ? limit : Long.MAX_VALUE;
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty() && remaining > 0 && next <= last) {
            load();
        }
        return !page.isEmpty();
    }

    @Override
    public MailboxMessage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    private void load() {
        int size = (int) Math.min(PAGE, remaining);
        List<StoredMessage> loaded;
        try {
            loaded = database.read(connection -> rows.find(
                    connection,
                    reader,
                    type,
                    "mm.mailbox_id = ? AND mm.uid BETWEEN ? AND ? ORDER BY mm.uid LIMIT " + size,
                    statement -> {
                        statement.setObject(1, mailbox);
                        statement.setLong(2, next);
                        statement.setLong(3, last);
                    }));
        } catch (MailboxException e) {
            throw new ReadFailure(e);
        }
        page.addAll(loaded);
        boolean more = loaded.size() == size;
        remaining = more ? remaining - size : 0;
        next = more ? page.getLast().getUid().asLong() + 1 : next;
    }
}
