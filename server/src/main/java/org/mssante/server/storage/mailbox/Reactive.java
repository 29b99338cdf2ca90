package org.mssante.server.storage.mailbox;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.james.util.ReactorUtils;
import org.mssante.server.storage.sql.StorageException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Blocking work as James' reactive interfaces want it: on threads that may block, with a failure James understands. */
final class Reactive {
    private Reactive() {}

    static <T> Mono<T> mono(Callable<T> work) {
        return Mono.fromCallable(work)
                .onErrorMap(StorageException.class, MailboxDatabase::failure)
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER);
    }

    static <T> Flux<T> flux(Callable<? extends List<T>> work) {
        return mono(work).flatMapIterable(list -> list);
    }
}
