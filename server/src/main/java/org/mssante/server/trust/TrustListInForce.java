package org.mssante.server.trust;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.trust.TrustListVerdict.Reason;

/**
 * The list that counts now. Each good one is first written to our own folder with its bytes, then comes into force, so
 * that after any crash the last good list is there to be verified again. A list that does not verify, is older than one
 * that has been in force, or takes too much away changes nothing but the trace; the last kind waits for the operator.
 * Reading is lock-free; {@link #refresh} belongs to one thread at a time.
 */
public final class TrustListInForce {
    private static final Duration WRITE_EVERY = Duration.ofMinutes(1);
    private static final String KEPT = "kept from the last run";

    private final TrustListSource source;
    private final ListFolder folder;
    private final TrustListVerifier verifier;
    private final Rules rules;
    private final Trace trace;
    private final Clock clock;
    private Optional<byte[]> notTaken = Optional.empty();
    private boolean sourceHasIt;
    private Instant written = Instant.EPOCH;
    private volatile Current current;
    private volatile Instant checked;
    private volatile Optional<Waiting> waiting = Optional.empty();
    private volatile Optional<ListProblem> problem = Optional.empty();

    /**
     * When a good list may come into force, and for how long it stays.
     *
     * @param maxPercentGone of the rows in force that a new list may take away without the operator's word
     * @param maxUnchecked how long a list is used whose source cannot be asked or has nothing good
     */
    public record Rules(int maxPercentGone, Duration maxUnchecked) {}

    /**
     * The list in force.
     *
     * @param since when it came into force here
     */
    public record Current(TrustList list, X509Certificate signer, String sha256, Instant since) {}

    /**
     * A good list that takes too much away.
     *
     * @param gone rows
     * @param domainsGone some of the domains it does not list any more
     */
    public record Waiting(Instant generated, String sha256, int gone, int percentGone, List<String> domainsGone) {}

    private TrustListInForce(
            TrustListSource source,
            ListFolder folder,
            TrustListVerifier verifier,
            Rules rules,
            Trace trace,
            Clock clock,
            Current current) {
        this.source = source;
        this.folder = folder;
        this.verifier = verifier;
        this.rules = rules;
        this.trace = trace;
        this.clock = clock;
        this.current = current;
        this.checked = current.since();
    }

    /**
     * Puts the newest valid list into force: the one kept from the last run, or the one the source has.
     *
     * @param folder of our own data, where lists are kept
     * @param fetches waits for what is being fetched: at a first start nothing is known of the signer's revocation yet
     * @throws StartupFailure where there is no valid list: without one nobody may be talked to
     */
    static TrustListInForce open(
            TrustListSource source,
            ListFolder folder,
            TrustListVerifier verifier,
            Runnable fetches,
            Rules rules,
            Trace trace,
            Clock clock) {
        try {
            folder.create();
            Optional<byte[]> kept = folder.lastGood();
            if (kept.isPresent()) {
                TrustListVerdict verdict = patiently(verifier, kept.get(), fetches, clock);
                if (verdict instanceof TrustListVerdict.Valid valid) {
                    Current current = record(folder, valid, kept.get(), clock);
                    TrustListInForce again =
                            new TrustListInForce(source, folder, verifier, rules, trace, clock, current);
                    again.checked = folder.checked().orElse(current.since());
                    trace.record(loaded(valid, current.sha256()).with(Field.RULE, KEPT));
                    if (source.isNear()) {
                        again.refresh(false);
                    }
                    return again;
                }
                trace.record(rejected((TrustListVerdict.Rejected) verdict, sha256(kept.get()))
                        .with(Field.RULE, KEPT));
            }
            return first(source, folder, verifier, fetches, rules, trace, clock);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder of the trust lists cannot be used (" + e + "): check the rights of the run folder.", e);
        }
    }

    private static TrustListInForce first(
            TrustListSource source,
            ListFolder folder,
            TrustListVerifier verifier,
            Runnable fetches,
            Rules rules,
            Trace trace,
            Clock clock)
            throws IOException {
        TrustListSource.Look look = source.look();
        if (!(look instanceof TrustListSource.Look.Found found)) {
            throw new StartupFailure("The trust list " + source + " cannot be had (" + look
                    + "): put the signed list there or correct trust.list.file or trust.list.url.");
        }
        TrustListVerdict verdict = notOlder(
                patiently(verifier, found.bytes(), fetches, clock),
                folder.history().newestGenerated());
        if (verdict instanceof TrustListVerdict.Rejected rejected) {
            trace.record(rejected(rejected, sha256(found.bytes())));
            throw new StartupFailure("The trust list " + source + " is not accepted, "
                    + rejected.reason().text() + " (" + rejected.detail()
                    + "): replace it by a valid signed list, or correct the anchors and the signer's name.");
        }
        TrustListVerdict.Valid valid = (TrustListVerdict.Valid) verdict;
        folder.keep(found.bytes());
        Current current = record(folder, valid, found.bytes(), clock);
        TrustListInForce inForce = new TrustListInForce(source, folder, verifier, rules, trace, clock, current);
        inForce.isCurrent();
        trace.record(loaded(valid, current.sha256()));
        return inForce;
    }

    private static TrustListVerdict patiently(TrustListVerifier verifier, byte[] bytes, Runnable fetches, Clock clock) {
        TrustListVerdict verdict = verifier.verify(bytes, clock.instant());
        if (verdict instanceof TrustListVerdict.Rejected rejected
                && rejected.reason() == Reason.SIGNER_STATUS_UNKNOWN) {
            fetches.run();
            return verifier.verify(bytes, clock.instant());
        }
        return verdict;
    }

    /** The list to decide by; empty where its source has not confirmed it for too long. */
    public Optional<TrustList> list() {
        boolean tooLong = clock.instant().isAfter(checked.plus(rules.maxUnchecked()));
        return tooLong ? Optional.empty() : Optional.of(current.list());
    }

    public Current current() {
        return current;
    }

    /** When the source last had the list in force. */
    public Instant checked() {
        return checked;
    }

    public Optional<Waiting> waiting() {
        return waiting;
    }

    /** What is wrong with the source or with the last list it had; empty where it has the list in force or one that waits. */
    public Optional<ListProblem> problem() {
        return problem;
    }

    /**
     * Looks for another list, and judges it. True where one came into force.
     *
     * @param newRevocations judge it even if unchanged: a list refused for want of a revocation list may pass now
     */
    public boolean refresh(boolean newRevocations) {
        try {
            boolean confirmed = takeConfirmed();
            return take(source.look(), newRevocations) || confirmed;
        } catch (IOException e) {
            source.forget();
            report(ListProblem.NOT_KEPT, "the folder of the trust lists: " + e);
            return false;
        } catch (RuntimeException e) {
            source.forget();
            throw e;
        }
    }

    private boolean take(TrustListSource.Look look, boolean newRevocations) throws IOException {
        if (look instanceof TrustListSource.Look.Found found) {
            return take(found.bytes());
        }
        if (look instanceof TrustListSource.Look.Unavailable unavailable) {
            report(ListProblem.SOURCE_UNAVAILABLE, source + " is unavailable: " + unavailable.why());
            return false;
        }
        boolean isBack = look instanceof TrustListSource.Look.Unchanged
                && problem.filter(was -> !was.isRefusal()).isPresent();
        if (notTaken.isPresent() && (newRevocations || isBack)) {
            return take(notTaken.get());
        }
        if (look instanceof TrustListSource.Look.Unchanged && sourceHasIt) {
            isCurrent();
        }
        return false;
    }

    private boolean take(byte[] bytes) throws IOException {
        String sha256 = sha256(bytes);
        if (sha256.equals(current.sha256())) {
            forgetWaiting();
            isCurrent();
            return false;
        }
        sourceHasIt = false;
        notTaken = Optional.of(bytes);
        TrustListVerdict verdict = judge(bytes);
        if (verdict instanceof TrustListVerdict.Rejected rejected) {
            report(rejected, sha256);
            return false;
        }
        TrustListVerdict.Valid valid = (TrustListVerdict.Valid) verdict;
        ListChange change = ListChange.between(current.list(), valid.list());
        if (change.dropsMoreThan(rules.maxPercentGone())) {
            suspend(valid, bytes, sha256, change);
            return false;
        }
        putIntoForce(valid, bytes, loaded(valid, sha256));
        isCurrent();
        return true;
    }

    private void suspend(TrustListVerdict.Valid valid, byte[] bytes, String sha256, ListChange change)
            throws IOException {
        folder.setWaiting(bytes);
        Waiting now =
                new Waiting(valid.list().generated(), sha256, change.gone(), change.percentGone(), change.examples());
        boolean isKnown = waiting.filter(now::equals).isPresent();
        waiting = Optional.of(now);
        problem = Optional.empty();
        if (!isKnown) {
            trace.record(TraceEntry.of(Event.TRUST_LIST_WAITING)
                    .with(Field.LIST_DATE, valid.list().generated())
                    .with(Field.HASH, sha256)
                    .with(
                            Field.DETAIL,
                            Reason.DROPS_TOO_MUCH + ": " + Reason.DROPS_TOO_MUCH.text() + " (" + change.gone() + " of "
                                    + change.before() + " rows are gone): confirm it with ./mssante trust confirm"));
        }
    }

    /** The waiting list, once the operator has said yes to exactly this one. It is verified again. */
    private boolean takeConfirmed() throws IOException {
        Optional<ListFolder.Confirmation> confirmation = folder.confirmation();
        if (confirmation.isEmpty()) {
            return false;
        }
        Optional<byte[]> bytes = folder.waiting()
                .filter(list -> sha256(list).equals(confirmation.get().sha256()));
        if (bytes.isEmpty()) {
            return false;
        }
        String sha256 = confirmation.get().sha256();
        TrustListVerdict verdict = judge(bytes.get());
        if (verdict instanceof TrustListVerdict.Valid valid) {
            putIntoForce(
                    valid,
                    bytes.get(),
                    loaded(valid, sha256)
                            .with(Field.RULE, "confirmed by the operator")
                            .with(Field.ACTOR, confirmation.get().operator()));
            sourceHasIt = notTaken.filter(list -> sha256(list).equals(sha256)).isPresent();
            notTaken = Optional.empty();
            return true;
        }
        report((TrustListVerdict.Rejected) verdict, sha256);
        forgetWaiting();
        return false;
    }

    private TrustListVerdict judge(byte[] bytes) {
        return notOlder(
                verifier.verify(bytes, clock.instant()),
                Optional.of(current.list().generated()));
    }

    /** Once written the list is what a start after a crash finds; only then it counts. A start completes the history. */
    private void putIntoForce(TrustListVerdict.Valid valid, byte[] bytes, TraceEntry entry) throws IOException {
        folder.keep(bytes);
        current = record(folder, valid, bytes, clock);
        forgetWaiting();
        problem = Optional.empty();
        trace.record(entry);
    }

    private void forgetWaiting() throws IOException {
        folder.clearWaiting();
        waiting = Optional.empty();
    }

    private void isCurrent() throws IOException {
        sourceHasIt = true;
        notTaken = Optional.empty();
        problem = Optional.empty();
        checked = clock.instant();
        if (written.plus(WRITE_EVERY).isBefore(checked)) {
            folder.setChecked(checked);
            written = checked;
        }
    }

    private void report(TrustListVerdict.Rejected rejected, String sha256) {
        String detail = rejected.reason().text() + " (" + rejected.detail() + "), SHA-256 " + sha256;
        if (isNew(rejected.reason().name(), detail)) {
            trace.record(rejected(rejected, sha256));
        }
    }

    private void report(String code, String detail) {
        if (isNew(code, detail)) {
            trace.record(TraceEntry.of(Event.TRUST_LIST_REJECTED).with(Field.DETAIL, detail));
        }
    }

    /** The same once more keeps the time it was first found. */
    private boolean isNew(String code, String detail) {
        ListProblem now = new ListProblem(clock.instant(), code, detail);
        boolean isNew = problem.filter(now::isSameAs).isEmpty();
        if (isNew) {
            problem = Optional.of(now);
        }
        return isNew;
    }

    private static Current record(ListFolder folder, TrustListVerdict.Valid valid, byte[] bytes, Clock clock)
            throws IOException {
        String sha256 = sha256(bytes);
        Instant since = folder.history()
                .add(bytes, valid.list().generated(), sha256, clock.instant())
                .since();
        return new Current(valid.list(), valid.signer(), sha256, since);
    }

    private static TrustListVerdict notOlder(TrustListVerdict verdict, Optional<Instant> newest) {
        if (verdict instanceof TrustListVerdict.Valid valid
                && newest.filter(valid.list().generated()::isBefore).isPresent()) {
            return new TrustListVerdict.Rejected(
                    Reason.OLDER_THAN_IN_FORCE,
                    "it says " + valid.list().generated() + ", a list in force said " + newest.get());
        }
        return verdict;
    }

    private static TraceEntry loaded(TrustListVerdict.Valid valid, String sha256) {
        return TraceEntry.of(Event.TRUST_LIST_LOADED)
                .with(Field.LIST_DATE, valid.list().generated())
                .with(Field.HASH, sha256)
                .with(
                        Field.CERTIFICATE_SUBJECT,
                        valid.signer().getSubjectX500Principal().getName(X500Principal.RFC2253))
                .with(Field.CERTIFICATE_SERIAL, valid.signer().getSerialNumber().toString(16))
                .with(Field.COUNT, valid.list().rowCount())
                .with(
                        Field.DETAIL,
                        valid.list().domainCount() + " domains, "
                                + valid.list().skipped().size() + " rows skipped "
                                + valid.list().skipped());
    }

    private static TraceEntry rejected(TrustListVerdict.Rejected rejected, String sha256) {
        return TraceEntry.of(Event.TRUST_LIST_REJECTED)
                .with(Field.HASH, sha256)
                .with(
                        Field.DETAIL,
                        rejected.reason() + ": " + rejected.reason().text() + " (" + rejected.detail() + ")");
    }

    /** The name of a list: hexadecimal. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
