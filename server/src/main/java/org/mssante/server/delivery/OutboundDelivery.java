package org.mssante.server.delivery;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Mail;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Trace;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.Envelopes;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.queue.JdbcMailQueueItem;
import org.mssante.server.storage.queue.NoLongerInHand;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Takes messages from a durable queue and hands them over. A message for several destinations is first split into one
 * a destination, and no site takes all workers, so that none waits for another. What becomes of a message after an attempt - parts, what waits, what is
 * given up, the end of the item - is one transaction. A crash between the peer's answer and that transaction repeats a
 * delivery and loses none.
 */
public final class OutboundDelivery implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutboundDelivery.class);
    private static final int IDLE_THREAD_SECONDS = 60;

    private final JdbcMailQueue queue;
    private final Database database;
    private final HandOver handOver;
    private final BackOff backOff;
    private final GivingUp givingUp;
    private final ArrivalNotices notices;
    private final DeliveryLimits limits;
    private final Sites sites;
    private final DeliveryTrace trace;
    private final Scheduler workers;
    private final AtomicReference<Optional<Disposable>> subscription = new AtomicReference<>(Optional.empty());

    /**
     * @param queue the durable queue to empty
     * @param database the one the queue is in
     * @param givingUp what becomes of a message at the end of {@code backOff}; never asked where that is endless
     * @param notices tells senders of what a peer has taken without telling them itself
     */
    public OutboundDelivery(
            JdbcMailQueue queue,
            Database database,
            HandOver handOver,
            BackOff backOff,
            GivingUp givingUp,
            ArrivalNotices notices,
            DeliveryLimits limits,
            Trace trace,
            Clock clock) {
        this.queue = queue;
        this.database = database;
        this.handOver = handOver;
        this.backOff = backOff;
        this.givingUp = givingUp;
        this.notices = notices;
        this.limits = limits;
        this.sites = new Sites(limits, clock);
        this.trace = new DeliveryTrace(trace, handOver.successEvent());
        this.workers = Schedulers.newBoundedElastic(
                limits.workers(),
                Integer.MAX_VALUE,
                "delivery-" + queue.getName().asString(),
                IDLE_THREAD_SECONDS,
                true);
    }

    /** Starts to empty the queue; returns at once. */
    public void start() {
        Disposable running = Flux.defer(queue::take)
                .flatMap(item -> Mono.<Void>fromRunnable(() -> handle(item)).subscribeOn(workers), limits.workers())
                .doOnError(failure -> LOGGER.error(
                        "the queue {} failed and is asked again: {}",
                        queue.getName().asString(),
                        FailureTrail.of(failure)))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1)).maxBackoff(Duration.ofMinutes(1)))
                .subscribe();
        subscription.set(Optional.of(running));
    }

    /** Takes no more messages and interrupts those in hand; what is not settled stays in the queue. */
    @Override
    public void close() {
        subscription.getAndSet(Optional.empty()).ifPresent(Disposable::dispose);
        workers.dispose();
    }

    /** The outermost loop of a delivery: whatever goes wrong with one message must not end the others. */
    private void handle(JdbcMailQueueItem item) {
        MailImpl mail = item.getMail();
        try {
            settle(item);
        } catch (NoLongerInHand e) {
            LOGGER.warn("nothing was done: {}", e.getMessage());
        } catch (Throwable e) {
            LOGGER.error("the message {} met a defect: {}", mail.getName(), FailureTrail.of(e));
            countAsFailure(item, e);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    /** A defect is a failed attempt for whoever is not served: with its trace, its back-off and its end. */
    private void countAsFailure(JdbcMailQueueItem item, Throwable defect) {
        MailImpl mail = item.getMail();
        Failure failure = Failure.ofDefect(defect);
        try {
            followUp(
                    item,
                    mail.getRecipients().stream().distinct().collect(Collectors.toMap(open -> open, open -> failure)),
                    unit -> {});
        } catch (NoLongerInHand e) {
            LOGGER.warn("what failed was settled meanwhile: {}", e.getMessage());
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error("the message {} is left to the queue's own recovery: {}", mail.getName(), FailureTrail.of(e));
        }
    }

    private void settle(JdbcMailQueueItem item) throws MessagingException {
        MailImpl mail = item.getMail();
        Map<String, List<MailAddress>> byDestination = mail.getRecipients().stream()
                .collect(Collectors.groupingBy(handOver::destinationOf, LinkedHashMap::new, Collectors.toList()));
        if (byDestination.size() > 1) {
            split(item, byDestination);
            return;
        }
        for (Map.Entry<String, List<MailAddress>> only : byDestination.entrySet()) {
            deliver(item, only.getKey(), only.getValue());
        }
    }

    private void split(JdbcMailQueueItem item, Map<String, List<MailAddress>> byDestination) throws MessagingException {
        MailImpl mail = item.getMail();
        inOneTransaction(item, (unit, content) -> {
            for (Map.Entry<String, List<MailAddress>> part : byDestination.entrySet()) {
                MailImpl copy = Envelopes.copy(mail, mail.getName() + "-to-" + part.getKey(), part.getValue());
                queue.enQueue(unit, copy, content, Duration.ZERO);
            }
            item.end(unit);
        });
    }

    private void deliver(JdbcMailQueueItem item, String destination, List<MailAddress> recipients)
            throws MessagingException {
        MailImpl mail = item.getMail();
        int attempt = Attempts.of(mail).all() + 1;
        Optional<HandOver.Result> attempted = attempt(mail, destination, recipients);
        if (attempted.isEmpty()) {
            inOneTransaction(item, (unit, content) -> item.again(unit, mail, content, limits.crowded()));
            return;
        }
        HandOver.Result result = attempted.get();
        List<MailAddress> taken = taken(recipients, result);
        Served served =
                result.receipt().map(receipt -> served(mail, taken, receipt)).orElse(unit -> {});
        // whoever is served is never served again, whatever fails from here on
        mail.setRecipients(result.failures().keySet());
        result.receipt().ifPresent(receipt -> trace.success(mail, taken, receipt, attempt));
        followUp(item, result.failures(), served);
    }

    private Served served(Mail mail, List<MailAddress> taken, HandOver.Receipt receipt) {
        ArrivalNotices.Notice notice = notices.of(mail);
        return unit -> notice.relayed(unit, taken, receipt);
    }

    /** Empty where there is no place free: the destination's own first, since to ask for its site may take a while. */
    private Optional<HandOver.Result> attempt(Mail mail, String destination, List<MailAddress> recipients) {
        return inPlaceOf(destination, () -> {
            String site = handOver.siteOf(destination);
            return site.equals(destination)
                    ? Optional.of(attempt(mail, site, destination, recipients))
                    : inPlaceOf(site, () -> Optional.of(attempt(mail, site, destination, recipients)));
        });
    }

    private Optional<HandOver.Result> inPlaceOf(String name, Supplier<Optional<HandOver.Result>> work) {
        if (!sites.enter(name)) {
            return Optional.empty();
        }
        try {
            return work.get();
        } finally {
            sites.leave(name);
        }
    }

    private HandOver.Result attempt(Mail mail, String site, String destination, List<MailAddress> recipients) {
        Optional<Failure> held = sites.heldBy(site);
        if (held.isPresent()) {
            return HandOver.Result.failed(recipients, held.get());
        }
        HandOver.Result result = handOver.attempt(destination, mail, recipients);
        holdIfUnreachable(site, result.failures().values(), Attempts.of(mail));
        return result;
    }

    private void holdIfUnreachable(String site, Collection<Failure> failures, Attempts before) {
        failures.stream()
                .filter(failure -> failure.kind() == Failure.Kind.UNREACHABLE)
                .findFirst()
                .ifPresent(failure -> backOff.after(before.failed(failures), failure.kind())
                        .ifPresent(wait -> sites.hold(site, failure, wait)));
    }

    /** Back into the queue or given up, recipient by recipient, since a peer may take some and refuse others. */
    private void followUp(JdbcMailQueueItem item, Map<MailAddress, Failure> failures, Served served)
            throws MessagingException {
        Attempts attempts = Attempts.of(item.getMail()).failed(failures.values());
        Map<MailAddress, Failure> given = new HashMap<>();
        Map<MailAddress, Failure> delayed = new HashMap<>();
        Duration wait = Duration.ZERO;
        for (Map.Entry<MailAddress, Failure> failed : failures.entrySet()) {
            Optional<Duration> next = backOff.after(attempts, failed.getValue().kind());
            if (next.isPresent()) {
                delayed.put(failed.getKey(), failed.getValue());
                wait = next.get().compareTo(wait) > 0 ? next.get() : wait;
            } else {
                given.put(failed.getKey(), failed.getValue().atTheEnd());
            }
        }
        Delayed later = new Delayed(delayed, attempts, wait);
        if (given.isEmpty()) {
            inOneTransaction(item, (unit, content) -> {
                served.tell(unit);
                putBack(unit, item, content, later);
            });
            return;
        }
        try (GivingUp.Ending ending = givingUp.prepare(item.getMail())) {
            inOneTransaction(item, (unit, content) -> {
                served.tell(unit);
                ending.take(unit, given);
                putBack(unit, item, content, later);
            });
        }
    }

    /** What is to be said of those whom the peer has taken. */
    @FunctionalInterface
    private interface Served {
        void tell(UnitOfWork unit) throws SQLException;
    }

    /** Whom the next attempt is for; nobody, and the item has ended. */
    private record Delayed(Map<MailAddress, Failure> recipients, Attempts attempts, Duration pause) {}

    private void putBack(UnitOfWork unit, JdbcMailQueueItem item, MailContent content, Delayed later)
            throws SQLException {
        MailImpl mail = item.getMail();
        if (later.recipients().isEmpty()) {
            item.end(unit);
            return;
        }
        MailImpl again = Envelopes.copy(mail, mail.getName(), later.recipients().keySet());
        later.attempts().writeTo(again);
        again.setErrorMessage(later.recipients().values().iterator().next().summary());
        unit.afterwards(
                () -> trace.delayed(mail, later.recipients(), later.attempts().all(), later.pause()));
        item.again(unit, again, content, later.pause());
    }

    /** What becomes of an item, whole or not at all. */
    @FunctionalInterface
    private interface Settlement {
        void write(UnitOfWork unit, MailContent content) throws SQLException;
    }

    private void inOneTransaction(JdbcMailQueueItem item, Settlement settlement) throws MessagingException {
        try (MailContent content = StoredMails.content(item.getMail())) {
            database.<Void, RuntimeException>unit(unit -> {
                settlement.write(unit, content);
                return null;
            });
        }
    }

    private static List<MailAddress> taken(List<MailAddress> recipients, HandOver.Result result) {
        return recipients.stream()
                .filter(recipient -> !result.failures().containsKey(recipient))
                .toList();
    }
}
