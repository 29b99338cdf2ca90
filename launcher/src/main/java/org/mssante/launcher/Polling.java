package org.mssante.launcher;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks again and again until there is an answer or the time is over. */
public final class Polling {
    private final Clock clock;
    private final Duration interval;

    public Polling(Clock clock, Duration interval) {
        this.clock = clock;
        this.interval = interval;
    }

    /** The first answer; the question is put at least once. */
    public <T> Optional<T> await(Duration patience, Supplier<Optional<T>> question) {
        Instant end = clock.instant().plus(patience);
        Optional<T> answer = question.get();
        while (answer.isEmpty() && clock.instant().isBefore(end)) {
            pause();
            answer = question.get();
        }
        return answer;
    }

    public void pause() {
        try {
            Thread.sleep(interval.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted: ./mssante status shows what is running.", e);
        }
    }
}
