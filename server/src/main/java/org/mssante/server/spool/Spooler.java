package org.mssante.server.spool;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.mssante.core.log.FailureTrail;
import org.mssante.server.delivery.Failure;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.queue.JdbcMailQueueItem;
import org.mssante.server.storage.queue.NoLongerInHand;
import org.mssante.server.storage.sql.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Takes messages off the spool and sends each its way. What fails is arranged a second attempt; until that is committed the
 * item stays, so that a crash repeats work and loses none.
 */
public final class Spooler implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Spooler.class);

    /** Messages taken ahead of the workers, so that one look into the queue serves many. */
    private static final int AHEAD = 32;

    private final SpoolQueue spool;
    private final MessageWay way;
    private final SecondAttempts secondAttempts;
    private final Database database;
    private final int concurrency;
    private final Scheduler workers;
    private final AtomicReference<Optional<Disposable>> running = new AtomicReference<>(Optional.empty());

    @Inject
    Spooler(SpoolQueue spool, MessageWay way, SecondAttempts secondAttempts, Database database, SpoolLimits limits) {
        this.spool = spool;
        this.way = way;
        this.secondAttempts = secondAttempts;
        this.database = database;
        this.concurrency = limits.workers();
        this.workers = Schedulers.newBoundedElastic(limits.workers(), Integer.MAX_VALUE, "spool");
    }

    /** Starts to empty the spool; returns at once. */
    public void start() {
        Disposable taking = Flux.defer(() -> spool.stored().take())
                .limitRate(AHEAD)
                .flatMap(item -> Mono.<Void>fromRunnable(() -> handle(item)).subscribeOn(workers), concurrency)
                .doOnError(failure -> LOGGER.error("the spool failed and is asked again: {}", FailureTrail.of(failure)))
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
    private void handle(JdbcMailQueueItem item) {
        try {
            way.go(item);
        } catch (NoLongerInHand e) {
            LOGGER.warn("nothing was done: {}", e.getMessage());
        } catch (Throwable e) {
            LOGGER.warn("the message {} failed on its way: {}", item.getMail().getName(), FailureTrail.of(e));
            setAside(item, e);
        } finally {
            item.getMail().dispose();
        }
    }

    private void setAside(JdbcMailQueueItem item, Throwable why) {
        MailImpl mail = item.getMail();
        Failure failure = Failure.ofDefect(why);
        Map<MailAddress, Failure> unserved =
                mail.getRecipients().stream().distinct().collect(Collectors.toMap(open -> open, open -> failure));
        try (MailContent content = StoredMails.content(mail);
                SecondAttempts.Next next = secondAttempts.after(mail, Map.of())) {
            database.<Void, RuntimeException>unit(unit -> {
                next.settle(unit, item, content, unserved);
                return null;
            });
        } catch (NoLongerInHand e) {
            LOGGER.warn("what failed was settled meanwhile: {}", e.getMessage());
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("the message {} is left to the queue's own recovery: {}", mail.getName(), FailureTrail.of(e));
        }
    }
}
