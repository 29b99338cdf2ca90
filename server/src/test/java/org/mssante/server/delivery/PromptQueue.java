package org.mssante.server.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A queue in memory that notes every delay and then hands the message out at once, so that no test waits. */
final class PromptQueue implements MailQueue {
    private final MailQueueName name;
    private final Sinks.Many<MailQueueItem> items = Sinks.many().unicast().onBackpressureBuffer();
    private final List<Duration> delays = new CopyOnWriteArrayList<>();
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    PromptQueue(String name) {
        this.name = MailQueueName.of(name);
    }

    /** The delay of each message that was put back, in order. */
    List<Duration> delays() {
        return delays;
    }

    /** Every message put in. */
    List<Mail> mails() {
        return mails;
    }

    /** Messages put in and not done. */
    int open() {
        return open.get();
    }

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        delays.add(delay);
        put(mail);
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        put(mail);
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        return Mono.fromCallable(() -> {
            put(mail);
            return null;
        });
    }

    @Override
    public Publisher<MailQueueItem> deQueue() {
        return items.asFlux();
    }

    @Override
    public void close() {
        mails.forEach(LifecycleUtil::dispose);
    }

    private synchronized void put(Mail mail) throws MailQueueException {
        try {
            MailImpl stored = MailImpl.duplicate(mail);
            stored.setName(mail.getName());
            mails.add(stored);
            open.incrementAndGet();
            items.emitNext(item(stored), Sinks.EmitFailureHandler.FAIL_FAST);
        } catch (MessagingException e) {
            throw new MailQueueException("cannot be stored", e);
        }
    }

    private MailQueueItem item(Mail mail) {
        return new MailQueueItem() {
            @Override
            public Mail getMail() {
                return mail;
            }

            @Override
            public void done(CompletionStatus status) {
                open.decrementAndGet();
            }
        };
    }
}
