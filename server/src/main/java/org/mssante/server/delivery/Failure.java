package org.mssante.server.delivery;

import java.util.Optional;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.trust.TrustFacts;

/**
 * Why a recipient was not reached in one attempt.
 *
 * @param detail what happened, in English, for the trace; holds no content
 * @param reply the peer's own words, where it spoke
 * @param peer the server that was tried last
 * @param facts the peer's certificate, where it was judged
 */
public record Failure(
        Kind kind,
        Outcome outcome,
        String detail,
        Optional<SmtpReply> reply,
        Optional<HostPort> peer,
        Optional<TrustFacts> facts) {

    /** What a failure means for the next attempt. */
    public enum Kind {
        /** No server could be talked to: every message for the destination waits. */
        UNREACHABLE,
        /** The peer asked for patience for this message (4xx). */
        DEFERRED,
        /** The peer cannot be proven to be the listed one; the list or a CRL may be refreshing (§4.2). */
        DISTRUSTED,
        /** Nothing will change (5xx, domain outside the trust space). */
        REFUSED
    }

    /** A failure before any server was spoken to. */
    public static Failure of(Kind kind, Outcome outcome, String detail) {
        return new Failure(kind, outcome, detail, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A failure of our own, while the message was in hand; its words may quote the message, and stay out. */
    public static Failure ofDefect(Throwable defect) {
        return of(Kind.DEFERRED, Outcome.SERVER_ERROR, FailureTrail.classes(defect));
    }

    /** What it is once no attempt is left: it has its own code, and the last failure stays in the detail. */
    public Failure atTheEnd() {
        if (outcome.verdict() != Outcome.Verdict.RETRY_LATER) {
            return this;
        }
        Outcome end = switch (outcome) {
            case SERVER_ERROR, STORAGE_UNAVAILABLE, DIRECTORY_UNAVAILABLE -> Outcome.SET_ASIDE;
            case MAILBOX_FULL -> Outcome.MAILBOX_STAYED_FULL;
            default -> Outcome.DELIVERY_EXPIRED;
        };
        return new Failure(kind, end, summary(), reply, peer, facts);
    }

    /** Whether we gave up for a reason of our own, so that the operator keeps the message and may still send it on. */
    boolean isOurs() {
        return outcome == Outcome.SET_ASIDE;
    }

    static Failure ofReply(SmtpReply reply) {
        boolean refused = reply.isPermanentRefusal();
        return new Failure(
                refused ? Kind.REFUSED : Kind.DEFERRED,
                refused ? Outcome.REFUSED_BY_PEER : Outcome.DEFERRED_BY_PEER,
                "the peer answered " + reply.code(),
                Optional.of(reply),
                Optional.empty(),
                Optional.empty());
    }

    /** The code and what happened, for whoever looks at a queue. */
    public String summary() {
        return outcome.code() + " " + detail;
    }

    Failure at(HostPort server) {
        return new Failure(kind, outcome, detail, reply, Optional.of(server), facts);
    }

    Failure with(TrustFacts judged) {
        return new Failure(kind, outcome, detail, reply, peer, Optional.of(judged));
    }
}
