package org.mssante.server.auth;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.mssante.core.id.Rpps;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;

/** What somebody proved himself with at a log-in, and with it what ends the log-in before its session. Immutable. */
public sealed interface Means {

    /** Adds what the trace says of it (mssante.md §9.1). */
    TraceEntry in(TraceEntry entry);

    /**
     * @param credentialsVersion what the person's passwords stood at; a later withdrawal of one ends the log-in
     * @param appPassword the name of the app password it was; empty where it was his own
     */
    record Password(long credentialsVersion, Optional<String> appPassword) implements Means {
        @Override
        public TraceEntry in(TraceEntry entry) {
            return entry.with(Field.MEANS, "password").with(Field.APP_PASSWORD, appPassword);
        }
    }

    /**
     * An access token of Pro Santé Connect.
     *
     * @param professional whom it names
     * @param client the software that got it (claim {@code azp})
     * @param until when the log-in ends, however long the session lives: a token is no key for days
     */
    record Token(Rpps professional, String client, Instant until) implements Means {
        @Override
        public TraceEntry in(TraceEntry entry) {
            return entry.with(Field.MEANS, "token")
                    .with(Field.RPPS, professional)
                    .with(Field.CLIENT, client);
        }
    }

    /** @param presented by a software; it may be revoked, expire or be taken from the mailbox while the session lives */
    record Certificate(X509Certificate presented) implements Means {
        @Override
        public TraceEntry in(TraceEntry entry) {
            return entry.with(Field.MEANS, "certificate");
        }
    }
}
