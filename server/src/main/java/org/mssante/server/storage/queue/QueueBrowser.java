package org.mssante.server.storage.queue;

import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.james.queue.api.MailPrioritySupport;
import org.apache.james.queue.api.ManageableMailQueue.DefaultMailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueItemView;
import org.apache.james.queue.api.ManageableMailQueue.MailQueueIterator;

/** Waiting mails in the order they would be taken, read a page at a time. What comes or goes meanwhile may or may not be seen. */
final class QueueBrowser implements MailQueueIterator {
    private final Page pageAfter;
    private final Deque<QueueTable.Item> page = new ArrayDeque<>();
    private int lastPriority = MailPrioritySupport.HIGH_PRIORITY + 1;
    private long lastId;
    private boolean ended;

    /** Finds the items that follow a place in the order; none is the end. */
    interface Page {
        List<QueueTable.Item> find(int priority, long id);
    }

    QueueBrowser(Page pageAfter) {
        this.pageAfter = pageAfter;
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty() && !ended) {
            page.addAll(pageAfter.find(lastPriority, lastId));
            ended = page.isEmpty();
            if (!ended) {
                lastPriority = page.getLast().priority();
                lastId = page.getLast().id();
            }
        }
        return !page.isEmpty();
    }

    @Override
    public MailQueueItemView next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        QueueTable.Item item = page.remove();
        return new DefaultMailQueueItemView(item.mail(), item.nextDelivery().atZone(ZoneOffset.UTC));
    }

    /** Holds nothing between two pages. */
    @Override
    public void close() {
        ended = true;
        page.clear();
    }
}
