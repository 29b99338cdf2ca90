package org.mssante.annuaire.source;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.mssante.annuaire.crawl.KeyRefusedException;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.settings.StartupFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source of the register: when it is asked, and what became of the last question. Thread-safe. */
public final class RegisterSource {
    private static final Logger LOGGER = LoggerFactory.getLogger(RegisterSource.class);

    private final Origin origin;
    private final FetchTimes times;
    private final Clock clock;
    private volatile State state;

    /** What became of a question. */
    public enum End {
        /** A new edition is in place. */
        TAKEN("a new edition has come"),
        /** The source has none that is newer. */
        UNCHANGED("it has no newer edition"),
        /** No sound edition came; the last one stays. */
        FAILED("nothing of use has come; the last edition stays");

        private final String words;

        End(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * Why a question failed.
     *
     * @param since the first of the failures in a row
     * @param keyRefused whether the source did not let us
     */
    public record Fault(String why, Instant since, boolean keyRefused) {}

    /**
     * How things stand with a source.
     *
     * @param asked last; empty before the first question of this process
     * @param edition when the one in place came; empty where none ever did
     * @param fault of the last question; empty where it did not fail
     */
    public record State(Optional<Instant> asked, Optional<Instant> edition, Optional<Fault> fault) {}

    RegisterSource(Origin origin, FetchTimes times, Clock clock) throws IOException {
        this.origin = origin;
        this.times = times;
        this.clock = clock;
        this.state = new State(Optional.empty(), origin.edition(), Optional.empty());
    }

    /** Its name in settings, reports and measures. */
    public String name() {
        return origin.name();
    }

    public URI address() {
        return origin.address();
    }

    public State state() {
        return state;
    }

    /** Asks where it is time to; empty where it is not. */
    synchronized Optional<End> askWhereDue() {
        return times.isDue(clock.instant()) ? Optional.of(ask()) : Optional.empty();
    }

    /** Asks now. Where the service ends meanwhile, that says nothing of the source. */
    synchronized End ask() {
        try {
            return succeeded(origin.ask() ? End.TAKEN : End.UNCHANGED);
        } catch (IOException | StartupFailure e) {
            // the latter: the anchors have become unreadable
            return failed(e, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // it must not be the last question to all of them
            LOGGER.error("a source of the register cannot be asked: {}", FailureTrail.of(e));
            return failed(e, FailureTrail.classes(e));
        }
    }

    private End succeeded(End end) throws IOException {
        Instant now = clock.instant();
        times.succeeded(now);
        state = new State(Optional.of(now), origin.edition(), Optional.empty());
        LOGGER.info("the source of the register {}: {}", origin.name(), end.words());
        return end;
    }

    private End failed(Exception failure, String why) {
        if (Thread.currentThread().isInterrupted()) {
            return End.FAILED;
        }
        Instant now = clock.instant();
        times.failed(now);
        State last = state;
        state = new State(
                Optional.of(now),
                last.edition(),
                Optional.of(new Fault(
                        why, last.fault().map(Fault::since).orElse(now), failure instanceof KeyRefusedException)));
        LOGGER.warn("the source of the register {}: {} ({})", origin.name(), End.FAILED.words(), why);
        return End.FAILED;
    }
}
