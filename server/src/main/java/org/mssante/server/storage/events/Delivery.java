package org.mssante.server.storage.events;

import java.util.Collection;
import java.util.Map;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventListener.ExecutionMode;
import org.apache.james.events.EventListener.ReactiveEventListener;
import org.apache.james.events.Group;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.ReactorUtils;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Gives an event to listeners of this node. A listener's failure is logged and never reaches whoever dispatched the event: a
 * listener of a key is asked once, a group is asked again, and what it never took becomes a dead letter. Thread-safe.
 */
final class Delivery {
    private static final Logger LOGGER = LoggerFactory.getLogger(Delivery.class);

    private final MetricFactory metrics;
    private final RetryBackoffConfiguration retries;
    private final EventDeadLetters deadLetters;

    Delivery(MetricFactory metrics, RetryBackoffConfiguration retries, EventDeadLetters deadLetters) {
        this.metrics = metrics;
        this.retries = retries;
        this.deadLetters = deadLetters;
    }

    /** All at the same time, as far as James' rate allows. */
    Mono<Void> toListeners(Collection<ReactiveEventListener> listeners, Event event) {
        return Flux.fromIterable(listeners)
                .flatMap(listener -> inItsMode(listener, toListener(listener, event)), EventBus.EXECUTION_RATE)
                .then();
    }

    Mono<Void> toGroups(Map<Group, ReactiveEventListener> groups, Event event) {
        return Flux.fromIterable(groups.entrySet())
                .flatMap(entry -> toGroup(entry.getKey(), entry.getValue(), event), EventBus.EXECUTION_RATE)
                .then();
    }

    Mono<Void> toGroup(Group group, ReactiveEventListener listener, Event event) {
        Mono<Void> delivery = once(listener, event)
                .retryWhen(Retry.backoff(retries.getMaxRetries(), retries.getFirstBackoff())
                        .jitter(retries.getJitterFactor())
                        .scheduler(Schedulers.parallel()))
                .onErrorResume(failure -> bury(group, event, failure));
        return inItsMode(listener, delivery);
    }

    private Mono<Void> toListener(ReactiveEventListener listener, Event event) {
        return once(listener, event).onErrorResume(failure -> {
            LOGGER.error(
                    "{} failed on {} {}: {}",
                    listener.getClass().getName(),
                    event.getClass().getSimpleName(),
                    event.getEventId().getId(),
                    FailureTrail.of(failure));
            return Mono.empty();
        });
    }

    private Mono<Void> once(ReactiveEventListener listener, Event event) {
        return Mono.defer(() -> listener.isHandling(event)
                ? Mono.from(metrics.decoratePublisherWithTimerMetric(
                        EventBus.Metrics.timerName(listener), listener.reactiveEvent(event)))
                : Mono.empty());
    }

    private Mono<Void> bury(Group group, Event event, Throwable reason) {
        LOGGER.error(
                "group {} could not handle {} {}: kept as a dead letter: {}",
                group.asString(),
                event.getClass().getSimpleName(),
                event.getEventId().getId(),
                FailureTrail.of(reason));
        return deadLetters.store(group, event).then().onErrorResume(failure -> {
            LOGGER.error(
                    "event {} could not be kept as a dead letter: {}",
                    event.getEventId().getId(),
                    FailureTrail.of(failure));
            return Mono.empty();
        });
    }

    /** Nobody waits for an asynchronous listener. */
    private static Mono<Void> inItsMode(ReactiveEventListener listener, Mono<Void> delivery) {
        return listener.getExecutionMode() == ExecutionMode.SYNCHRONOUS
                ? delivery
                : Mono.fromRunnable(() -> delivery.subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                        .subscribe(
                                none -> {},
                                failure -> LOGGER.error("an event was not delivered: {}", FailureTrail.of(failure))));
    }
}
