package org.mssante.server.storage.queue;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.james.queue.api.MailQueue.MailQueueException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.sql.StorageException;
import org.mssante.server.storage.sql.UnitOfWork;

/** A mail in hand. Whoever does not say how it ended sees it come back after the visibility time-out. */
public final class JdbcMailQueueItem implements MailQueueItem {
    private final JdbcMailQueue queue;
    private final QueueTable.Item item;

    JdbcMailQueueItem(JdbcMailQueue queue, QueueTable.Item item) {
        this.queue = queue;
        this.item = item;
    }

    @Override
    public MailImpl getMail() {
        return item.mail();
    }

    /**
     * Ends the item as part of a unit of work: it leaves the queue with whatever else the unit does, or not at all.
     *
     * @throws NoLongerInHand where somebody else has taken it since, to roll the unit back
     */
    public void end(UnitOfWork unit) throws SQLException {
        queue.end(unit, item);
    }

    /**
     * Puts the item back as part of a unit of work.
     *
     * @param mail what it will be then: its recipients, its attributes
     * @param content its bytes
     * @throws NoLongerInHand where somebody else has taken it since, to roll the unit back
     */
    public void again(UnitOfWork unit, Mail mail, MailContent content, Duration wait) throws SQLException {
        queue.giveBack(unit, item, mail, content, wait);
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
}
