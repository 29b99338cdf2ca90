package org.mssante.server.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.trust.TrustListVerdict.Reason;

/**
 * The list that counts now. It comes from a file somebody else replaces; each good one is first stored beside our own
 * data with its bytes, then comes into force, so that after any crash the last good list is there to be verified again.
 * A list that does not verify, or is older, changes nothing but the trace. Reading is lock-free; {@link #refresh}
 * belongs to one thread at a time.
 */
public final class TrustListInForce {
    private final Path source;
    private final Path lastGood;
    private final TrustListVerifier verifier;
    private final Trace trace;
    private final Clock clock;
    private Optional<String> judged = Optional.empty();
    private volatile TrustList list;

    private TrustListInForce(
            Path source, Path lastGood, TrustListVerifier verifier, Trace trace, Clock clock, TrustList list) {
        this.source = source;
        this.lastGood = lastGood;
        this.verifier = verifier;
        this.trace = trace;
        this.clock = clock;
        this.list = list;
    }

    /**
     * Puts the newest valid list into force: the one kept from the last run, or the one in {@code source}.
     *
     * @param folder of our own data, where the last good list is kept
     * @throws StartupFailure where there is no valid list: without one nobody may be talked to
     */
    public static TrustListInForce open(
            Path source, Path folder, TrustListVerifier verifier, Trace trace, Clock clock) {
        Path lastGood = folder.resolve("last-good-trust-list.xml");
        try {
            Files.createDirectories(folder);
            if (Files.exists(lastGood)) {
                byte[] bytes = read(lastGood, verifier);
                TrustListVerdict verdict = verifier.verify(bytes, clock.instant());
                if (verdict instanceof TrustListVerdict.Valid valid) {
                    TrustListInForce kept =
                            new TrustListInForce(source, lastGood, verifier, trace, clock, valid.list());
                    trace.record(loaded(valid, bytes).with(Field.RULE, "kept from the last run"));
                    kept.refresh(true);
                    return kept;
                }
                trace.record(rejected((TrustListVerdict.Rejected) verdict, bytes)
                        .with(Field.RULE, "kept from the last run"));
            }
            return first(source, lastGood, verifier, trace, clock);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The trust list " + source + " cannot be read (" + e.getMessage()
                            + "): put the signed list there or correct trust.list.file.",
                    e);
        }
    }

    private static TrustListInForce first(
            Path source, Path lastGood, TrustListVerifier verifier, Trace trace, Clock clock) throws IOException {
        String stamp = FileStamp.of(source);
        byte[] bytes = read(source, verifier);
        TrustListVerdict verdict = verifier.verify(bytes, clock.instant());
        if (verdict instanceof TrustListVerdict.Rejected rejected) {
            trace.record(rejected(rejected, bytes));
            throw new StartupFailure("The trust list " + source + " is not accepted, "
                    + rejected.reason().text() + " (" + rejected.detail()
                    + "): replace it by a valid signed list, or correct the anchors and the signer's name.");
        }
        TrustListVerdict.Valid valid = (TrustListVerdict.Valid) verdict;
        TrustListInForce inForce = new TrustListInForce(source, lastGood, verifier, trace, clock, valid.list());
        inForce.keep(bytes);
        inForce.judged = Optional.of(stamp);
        trace.record(loaded(valid, bytes));
        return inForce;
    }

    public TrustList list() {
        return list;
    }

    /**
     * Looks whether the file changed, and judges it if so. True where another list came into force.
     *
     * @param newRevocations judge it even if unchanged: a list refused for want of a revocation list may pass now
     */
    public boolean refresh(boolean newRevocations) {
        try {
            String stamp = FileStamp.of(source);
            if (!newRevocations && judged.filter(stamp::equals).isPresent()) {
                return false;
            }
            byte[] bytes = read(source, verifier);
            boolean replaced = judge(bytes);
            judged = Optional.of(stamp);
            return replaced;
        } catch (IOException e) {
            String state = "unreadable: " + e;
            if (judged.filter(state::equals).isEmpty()) {
                judged = Optional.of(state);
                trace.record(TraceEntry.of(Event.TRUST_LIST_REJECTED).with(Field.DETAIL, source + " is " + state));
            }
            return false;
        }
    }

    private boolean judge(byte[] bytes) throws IOException {
        TrustListVerdict verdict = verifier.verify(bytes, clock.instant());
        if (verdict instanceof TrustListVerdict.Valid valid) {
            if (valid.list().generated().isBefore(list.generated())) {
                trace.record(rejected(
                        new TrustListVerdict.Rejected(
                                Reason.OLDER_THAN_IN_FORCE,
                                "it says " + valid.list().generated() + ", the list in force " + list.generated()),
                        bytes));
                return false;
            }
            if (Files.exists(lastGood) && Arrays.equals(bytes, Files.readAllBytes(lastGood))) {
                return false;
            }
            keep(bytes);
            list = valid.list();
            trace.record(loaded(valid, bytes));
            return true;
        }
        trace.record(rejected((TrustListVerdict.Rejected) verdict, bytes));
        return false;
    }

    /** Written beside and renamed over: a crash leaves the old list or the new one, never a part. */
    private void keep(byte[] bytes) throws IOException {
        Path unfinished = lastGood.resolveSibling(lastGood.getFileName() + ".unfinished");
        try (FileChannel file = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            file.force(true);
        }
        Files.move(unfinished, lastGood, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] read(Path file, TrustListVerifier verifier) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(verifier.limits().maxBytes() + 1);
        }
    }

    private static TraceEntry loaded(TrustListVerdict.Valid valid, byte[] bytes) {
        return TraceEntry.of(Event.TRUST_LIST_LOADED)
                .with(Field.LIST_DATE, valid.list().generated())
                .with(Field.HASH, sha256(bytes))
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

    private static TraceEntry rejected(TrustListVerdict.Rejected rejected, byte[] bytes) {
        return TraceEntry.of(Event.TRUST_LIST_REJECTED)
                .with(Field.HASH, sha256(bytes))
                .with(
                        Field.DETAIL,
                        rejected.reason() + ": " + rejected.reason().text() + " (" + rejected.detail() + ")");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
