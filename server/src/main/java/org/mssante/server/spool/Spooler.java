package org.mssante.server.spool;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.mssante.core.outcome.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Takes messages off the spool and sends each its way. What fails is put back with a growing delay and, when that was
 * no use, into quarantine; the old item is forgotten only then, so that a crash repeats work and loses none.
 */
public final class Spooler implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Spooler.class);
    private static final AttributeName FAILURES = AttributeName.of("mssante.spool.failures");

    private final SpoolQueue spool;
    private final MessageWay way;
    private final Quarantine quarantine;
    private final SpoolLimits limits;
    private final Scheduler workers;
    private final AtomicReference<Optional<Disposable>> running = new AtomicReference<>(Optional.empty());

    @Inject
    public Spooler(SpoolQueue spool, MessageWay way, Quarantine quarantine, SpoolLimits limits) {
        this.spool = spool;
        this.way = way;
        this.quarantine = quarantine;
        this.limits = limits;
        this.workers = Schedulers.newBoundedElastic(limits.workers(), Integer.MAX_VALUE, "spool");
    }

    /** Starts to empty the spool; returns at once. */
    public void start() {
        Disposable taking = Flux.defer(() -> spool.queue().deQueue())
                .flatMap(item -> Mono.<Void>fromRunnable(() -> handle(item)).subscribeOn(workers), limits.workers())
                .doOnError(failure -> LOGGER.error("the spool failed and is asked again", failure))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1)).maxBackoff(Duration.ofMinutes(1)))
                .subscribe();
        running.set(Optional.of(taking));
    }

    /** Takes no more messages; those in hand are interrupted and stay in the spool. */
    @Override
    public void close() {
        running.getAndSet(Optional.empty()).ifPresent(Disposable::dispose);
        workers.dispose();
    }

    /** The outermost loop: whatever goes wrong with one message, even an Error, must not end the others. */
    private void handle(MailQueueItem item) {
        MailImpl mail = (MailImpl) item.getMail();
        try {
            way.go(mail);
            item.done(CompletionStatus.SUCCESS);
        } catch (Throwable e) {
            LOGGER.warn("the message {} failed on its way", mail.getName(), e);
            setAside(item, mail, e);
        } finally {
            mail.dispose();
        }
    }

    private void setAside(MailQueueItem item, MailImpl mail, Throwable why) {
        try {
            int failures = AttributeUtils.getValueAndCastFromMail(mail, FAILURES, Integer.class)
                            .orElse(0)
                    + 1;
            if (failures > limits.retries().size()) {
                quarantine.keep(mail, mail.getRecipients(), Outcome.SERVER_ERROR, reason(why));
            } else {
                Duration wait = limits.retries().get(failures - 1);
                mail.setAttribute(new Attribute(FAILURES, AttributeValue.of(failures)));
                spool.queue().enQueue(mail, wait);
            }
            item.done(CompletionStatus.SUCCESS);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("the message {} is left to the queue's own recovery", mail.getName(), e);
        }
    }

    private static String reason(Throwable why) {
        return why.getCause() == null ? why.toString() : why + ", because of " + why.getCause();
    }
}
