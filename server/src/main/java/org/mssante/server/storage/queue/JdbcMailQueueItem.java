package org.mssante.server.storage.queue;

import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.mailet.Mail;
import org.mssante.server.storage.sql.StorageException;

/** A mail in hand. Whoever does not say how it ended sees it come back after the visibility time-out. */
final class JdbcMailQueueItem implements MailQueueItem {
    private final JdbcMailQueue queue;
    private final QueueTable.Item item;

    JdbcMailQueueItem(JdbcMailQueue queue, QueueTable.Item item) {
        this.queue = queue;
        this.item = item;
    }

    @Override
    public Mail getMail() {
        return item.mail();
    }

    /** REJECT is what James says where even its handling of an error failed: the mail comes back after the time-out. */
    @Override
    public void done(CompletionStatus status) throws MailQueueException {
        try {
            switch (status) {
                case SUCCESS -> queue.finish(item);
                case RETRY -> giveBack();
                case REJECT -> queue.postpone(item);
            }
        } catch (StorageException e) {
            throw new MailQueueException("The mail database failed", e);
        }
    }

    void giveBack() {
        queue.giveBack(item);
    }

    MailQueueItem decorated() {
        return queue.decorated(this);
    }
}
