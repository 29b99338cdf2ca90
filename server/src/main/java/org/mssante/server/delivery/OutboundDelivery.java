package org.mssante.server.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Trace;
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
 * a destination, so that none waits for another. What an attempt does not settle goes back into the queue with its own
 * back-off before the queue forgets the old item: a crash between the two repeats a delivery and loses none.
 */
public final class OutboundDelivery implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutboundDelivery.class);
    private static final AttributeName ATTEMPTS = AttributeName.of("mssante.delivery.attempts");
    private static final Duration UNEXPECTED = Duration.ofMinutes(1);
    private static final int IDLE_THREAD_SECONDS = 60;

    private final MailQueue queue;
    private final HandOver handOver;
    private final BackOff backOff;
    private final GivingUp givingUp;
    private final DeliveryLimits limits;
    private final Destinations destinations;
    private final DeliveryTrace trace;
    private final Scheduler workers;
    private final AtomicReference<Optional<Disposable>> subscription = new AtomicReference<>(Optional.empty());

    /**
     * @param queue the durable queue to empty; the caller closes it after this
     * @param givingUp what becomes of a message at the end of {@code backOff}; never asked where that is endless
     */
    public OutboundDelivery(
            MailQueue queue,
            HandOver handOver,
            BackOff backOff,
            GivingUp givingUp,
            DeliveryLimits limits,
            Trace trace,
            Clock clock) {
        this.queue = queue;
        this.handOver = handOver;
        this.backOff = backOff;
        this.givingUp = givingUp;
        this.limits = limits;
        this.destinations = new Destinations(limits, clock);
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
        Disposable running = Flux.defer(queue::deQueue)
                .flatMap(item -> Mono.<Void>fromRunnable(() -> handle(item)).subscribeOn(workers), limits.workers())
                .doOnError(failure -> LOGGER.error(
                        "the queue {} failed and is asked again",
                        queue.getName().asString(),
                        failure))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1)).maxBackoff(UNEXPECTED))
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
    private void handle(MailQueueItem item) {
        Mail mail = item.getMail();
        try {
            settle(mail);
            item.done(CompletionStatus.SUCCESS);
        } catch (Throwable e) {
            LOGGER.error("the message {} could not be handled and stays in the queue", mail.getName(), e);
            keep(item);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private void keep(MailQueueItem item) {
        try {
            if (!item.getMail().getRecipients().isEmpty()) {
                queue.enQueue(item.getMail(), UNEXPECTED);
            }
            item.done(CompletionStatus.SUCCESS);
        } catch (MessagingException | RuntimeException e) {
            LOGGER.error(
                    "the message {} is left to the queue's own recovery",
                    item.getMail().getName(),
                    e);
        }
    }

    private void settle(Mail mail) throws MessagingException {
        Map<String, List<MailAddress>> byDestination = mail.getRecipients().stream()
                .collect(Collectors.groupingBy(handOver::destinationOf, LinkedHashMap::new, Collectors.toList()));
        if (byDestination.size() > 1) {
            split(mail, byDestination);
            return;
        }
        for (Map.Entry<String, List<MailAddress>> only : byDestination.entrySet()) {
            deliver(mail, only.getKey(), only.getValue());
        }
    }

    private void split(Mail mail, Map<String, List<MailAddress>> byDestination) throws MessagingException {
        for (Map.Entry<String, List<MailAddress>> part : byDestination.entrySet()) {
            MailImpl copy = MailImpl.duplicate(mail);
            try {
                copy.setName(mail.getName() + "-to-" + part.getKey());
                copy.setRecipients(part.getValue());
                queue.enQueue(copy);
            } finally {
                copy.dispose();
            }
        }
    }

    private void deliver(Mail mail, String destination, List<MailAddress> recipients) throws MessagingException {
        if (!destinations.enter(destination)) {
            queue.enQueue(mail, limits.crowded());
            return;
        }
        int attempt = attemptsOf(mail) + 1;
        HandOver.Result result;
        try {
            result = attempt(mail, destination, recipients, attempt);
        } finally {
            destinations.leave(destination);
        }
        // whoever is served is never served again, whatever fails from here on
        mail.setRecipients(result.failures().keySet());
        result.receipt().ifPresent(receipt -> trace.success(mail, taken(recipients, result), receipt, attempt));
        followUp(mail, result.failures(), attempt);
    }

    private HandOver.Result attempt(Mail mail, String destination, List<MailAddress> recipients, int attempt) {
        Optional<Failure> held = destinations.heldBy(destination);
        if (held.isPresent()) {
            return HandOver.Result.failed(recipients, held.get());
        }
        HandOver.Result result = handOver.attempt(destination, mail, recipients);
        holdIfUnreachable(destination, result.failures().values(), attempt);
        return result;
    }

    private void holdIfUnreachable(String destination, Collection<Failure> failures, int attempt) {
        failures.stream()
                .filter(failure -> failure.kind() == Failure.Kind.UNREACHABLE)
                .findFirst()
                .ifPresent(failure -> backOff.after(attempt, failure.kind())
                        .ifPresent(wait -> destinations.hold(destination, failure, wait)));
    }

    /** Back into the queue or given up, recipient by recipient, since a peer may take some and refuse others. */
    private void followUp(Mail mail, Map<MailAddress, Failure> failures, int attempt) throws MessagingException {
        Map<MailAddress, Failure> given = new HashMap<>();
        Map<MailAddress, Failure> delayed = new HashMap<>();
        Duration wait = Duration.ZERO;
        for (Map.Entry<MailAddress, Failure> failed : failures.entrySet()) {
            Optional<Duration> next = backOff.after(attempt, failed.getValue().kind());
            if (next.isPresent()) {
                delayed.put(failed.getKey(), failed.getValue());
                wait = next.get().compareTo(wait) > 0 ? next.get() : wait;
            } else {
                given.put(failed.getKey(), atTheEnd(failed.getValue()));
            }
        }
        if (!given.isEmpty()) {
            givingUp.giveUp(mail, given);
        }
        if (!delayed.isEmpty()) {
            trace.delayed(mail, delayed, attempt, wait);
            mail.setRecipients(delayed.keySet());
            mail.setAttribute(new Attribute(ATTEMPTS, AttributeValue.of(attempt)));
            mail.setErrorMessage(delayed.values().iterator().next().summary());
            queue.enQueue(mail, wait);
        }
    }

    /** What could not be settled in time has its own code; the last failure stays in the detail. */
    private static Failure atTheEnd(Failure last) {
        if (last.outcome().verdict() != Outcome.Verdict.RETRY_LATER) {
            return last;
        }
        return new Failure(
                last.kind(),
                Outcome.DELIVERY_EXPIRED,
                last.outcome().code() + ", " + last.detail(),
                last.reply(),
                last.peer(),
                last.facts());
    }

    private static List<MailAddress> taken(List<MailAddress> recipients, HandOver.Result result) {
        return recipients.stream()
                .filter(recipient -> !result.failures().containsKey(recipient))
                .toList();
    }

    /** How often the handing over of a mail has been tried. */
    public static int attemptsOf(Mail mail) {
        return AttributeUtils.getValueAndCastFromMail(mail, ATTEMPTS, Integer.class)
                .orElse(0);
    }

    /** Lets the attempts of a mail be counted anew. */
    public static void forgetAttempts(Mail mail) {
        mail.removeAttribute(ATTEMPTS);
    }
}
