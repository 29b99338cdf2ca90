package org.mssante.server.pace;

import java.util.Optional;
import org.apache.james.util.ReactorUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * How fast the one takes it for whom something is read. It goes with a reactive command in its context, from the protocol to
 * the storage, past what James has in between. Thread-safe.
 */
public interface Pace {
    /** Empty where more is taken now; else it completes, on any thread, once more is taken or never will be. */
    Optional<Mono<Void>> pause();

    /** The context of a command that goes at this pace. */
    default Context in(Context context) {
        return context.put(Pace.class, this);
    }

    /** The same rows, each one given once the one before it has been taken, where the command has a pace. No thread waits. */
    static <T> Flux<T> keep(Flux<T> rows) {
        return Flux.deferContextual(context -> context.<Pace>getOrEmpty(Pace.class)
                .map(pace -> rows.concatMap(row -> pace.after(row), 1))
                .orElse(rows));
    }

    private <T> Mono<T> after(T row) {
        return pause().map(pause -> pause.thenReturn(row).publishOn(ReactorUtils.BLOCKING_CALL_WRAPPER))
                .orElseGet(() -> Mono.just(row));
    }
}
