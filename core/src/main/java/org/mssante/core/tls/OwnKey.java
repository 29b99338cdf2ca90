package org.mssante.core.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A key and certificate of ours, read again when their files change, so that a renewed certificate counts without a restart.
 * What does not hold together is refused with an alarm, and the one in use stays. Reading is lock-free; {@link #refresh()}
 * belongs to one thread at a time.
 */
public final class OwnKey implements Supplier<KeyMaterial> {
    private static final Logger LOGGER = LoggerFactory.getLogger(OwnKey.class);
    private static final int CHALLENGE = 32;

    private final Path folder;
    private final Rule rule;
    private final Trace trace;
    private final Clock clock;
    private volatile KeyMaterial inUse;
    private volatile Optional<String> problem = Optional.empty();
    private String read;
    private String seen;

    /** What is asked of the certificate besides. */
    @FunctionalInterface
    public interface Rule {
        /** Why it may not be used; empty where it may. */
        Optional<String> objectionTo(X509Certificate leaf);
    }

    private OwnKey(Path folder, Rule rule, KeyMaterial inUse, String stamp, Trace trace, Clock clock) {
        this.folder = folder;
        this.rule = rule;
        this.inUse = inUse;
        this.read = stamp;
        this.seen = stamp;
        this.trace = trace;
        this.clock = clock;
    }

    /**
     * Reads the files of a folder (see {@link KeyMaterial#load}).
     *
     * @throws StartupFailure where one is missing or unreadable, or they do not belong together
     */
    public static OwnKey open(Path folder, Trace trace, Clock clock) {
        return open(folder, leaf -> Optional.empty(), trace, clock);
    }

    /**
     * The same with a rule of the caller's for each certificate that comes.
     *
     * @throws StartupFailure where one is missing or unreadable, they do not belong together, or the rule objects
     */
    public static OwnKey open(Path folder, Rule rule, Trace trace, Clock clock) {
        String stamp = stamp(folder);
        KeyMaterial material = KeyMaterial.load(folder);
        objection(material).or(() -> rule.objectionTo(material.leaf())).ifPresent(why -> {
            throw new StartupFailure("The files of " + folder + " cannot be used, " + why
                    + ": replace cert.pem (the leaf, then its CA) and key.pem.");
        });
        return new OwnKey(folder, rule, material, stamp, trace, clock);
    }

    /** The key and certificate to present from now on. */
    @Override
    public KeyMaterial get() {
        return inUse;
    }

    /** Why the files that lie in the folder are not those in use; empty where they are. */
    public Optional<String> problem() {
        return problem;
    }

    /**
     * Looks whether the files have changed, and takes them over if they hold together. Files that do not are refused once
     * they stay so from one look to the next: somebody may be about to replace the second of them.
     *
     * @return true where another certificate came into use
     */
    public boolean refresh() {
        String now = stamp(folder);
        boolean settled = now.equals(seen);
        seen = now;
        if (now.equals(read)) {
            return false;
        }
        Optional<String> objection = takeOver();
        if (objection.isEmpty()) {
            read = now;
            problem = Optional.empty();
            return true;
        }
        if (settled) {
            read = now;
            refuse(objection.get());
        }
        return false;
    }

    private Optional<String> takeOver() {
        KeyMaterial renewed;
        try {
            renewed = KeyMaterial.load(folder);
        } catch (StartupFailure e) {
            return Optional.of(e.getMessage());
        }
        Optional<String> objection =
                objection(renewed).or(() -> rule.objectionTo(renewed.leaf())).or(() -> outOfForce(renewed.leaf()));
        if (objection.isEmpty()) {
            inUse = renewed;
            LOGGER.info("the certificate in {} came into use: {}", folder, renewed);
            trace.record(about(Event.OWN_CERTIFICATE_LOADED, renewed.leaf())
                    .with(
                            Field.DETAIL,
                            "in force until " + renewed.leaf().getNotAfter().toInstant()));
        }
        return objection;
    }

    private void refuse(String why) {
        if (problem.filter(why::equals).isEmpty()) {
            problem = Optional.of(why);
            LOGGER.warn("what lies in {} is not used, the certificate in use stays: {}", folder, why);
            trace.record(about(Event.OWN_CERTIFICATE_REJECTED, inUse.leaf()).with(Field.DETAIL, folder + ": " + why));
        }
    }

    private static TraceEntry about(Event event, X509Certificate certificate) {
        return TraceEntry.of(event)
                .with(
                        Field.CERTIFICATE_SUBJECT,
                        certificate.getSubjectX500Principal().getName(X500Principal.RFC2253))
                .with(Field.CERTIFICATE_SERIAL, certificate.getSerialNumber().toString(16));
    }

    private static String stamp(Path folder) {
        return stampOf(folder.resolve("cert.pem")) + " " + stampOf(folder.resolve("key.pem"));
    }

    /** Reading says better what is wrong with a file that is not there. */
    private static String stampOf(Path file) {
        try {
            return FileStamp.of(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A peer would refuse what this finds, or nobody could use it. */
    private static Optional<String> objection(KeyMaterial material) {
        List<X509Certificate> chain = material.chain();
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                return Optional.of("certificate " + (i + 1) + " of cert.pem did not issue the one before it");
            }
        }
        return belongTogether(material)
                ? Optional.empty()
                : Optional.of("the certificate is that of another key than key.pem");
    }

    private Optional<String> outOfForce(X509Certificate leaf) {
        Instant now = clock.instant();
        return now.isBefore(leaf.getNotBefore().toInstant())
                        || now.isAfter(leaf.getNotAfter().toInstant())
                ? Optional.of("the certificate is in force from "
                        + leaf.getNotBefore().toInstant() + " to "
                        + leaf.getNotAfter().toInstant())
                : Optional.empty();
    }

    /** What the key signs, the certificate verifies. */
    private static boolean belongTogether(KeyMaterial material) {
        PrivateKey key = material.key();
        byte[] challenge = new byte[CHALLENGE];
        new SecureRandom().nextBytes(challenge);
        try {
            String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(challenge);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(material.leaf().getPublicKey());
            verifying.update(challenge);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
