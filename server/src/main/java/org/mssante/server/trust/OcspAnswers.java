package org.mssante.server.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.mssante.core.fetch.Answer;
import org.mssante.core.fetch.FetchTimes;
import org.mssante.core.fetch.WebClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OCSP answers (RFC 6960), asked in the background and remembered: one question a certificate at a time, an address that
 * fails is left alone for a growing while. An answer is handed out until it expires and asked anew once it is older than
 * a set age. Its signature is judged where it is used; one that was of no use there is forgotten. Thread-safe.
 */
final class OcspAnswers {
    private static final Logger LOGGER = LoggerFactory.getLogger(OcspAnswers.class);
    private static final String QUESTION_TYPE = "application/ocsp-request";

    private final WebClient web;
    private final Optional<URI> responder;
    private final Duration maxAge;
    private final int bound;
    private final Supplier<FetchTimes> times;
    private final Executor executor;
    private final Clock clock;
    private final Map<Subject, Entry> entries = new LinkedHashMap<>();

    /** A certificate by its issuer's key and its number. */
    private record Subject(String issuer, BigInteger serial) {}

    /** What is known of one certificate; guarded by the map's lock. */
    private static final class Entry {
        private final FetchTimes times;
        private boolean running;
        private Optional<byte[]> answer = Optional.empty();
        private Instant usableUntil = Instant.MIN;

        Entry(FetchTimes times) {
            this.times = times;
        }
    }

    /**
     * @param responder asked in place of the one a certificate names
     * @param maxAge after which an answer is asked anew
     * @param bound certificates remembered; the least recently asked go first
     * @param times with {@code maxAge} as the interval
     */
    OcspAnswers(
            WebClient web,
            Optional<URI> responder,
            Duration maxAge,
            int bound,
            Supplier<FetchTimes> times,
            Executor executor,
            Clock clock) {
        this.web = web;
        this.responder = responder;
        this.maxAge = maxAge;
        this.bound = bound;
        this.times = times;
        this.executor = executor;
        this.clock = clock;
    }

    Optional<byte[]> of(X509Certificate certificate, X509Certificate issuer) {
        Optional<byte[]> answer;
        synchronized (entries) {
            answer = Optional.ofNullable(entries.get(subject(certificate, issuer)))
                    .filter(entry -> clock.instant().isBefore(entry.usableUntil))
                    .flatMap(entry -> entry.answer);
        }
        if (answer.isPresent()) {
            ask(certificate, issuer);
        }
        return answer;
    }

    /**
     * What is remembered, if anything, was of no use. One that has expired meanwhile is asked for at once; one that is in
     * force and of no use all the same is a failure of the responder.
     */
    void missing(X509Certificate certificate, X509Certificate issuer) {
        synchronized (entries) {
            Optional.ofNullable(entries.get(subject(certificate, issuer)))
                    .filter(entry -> entry.answer.isPresent())
                    .ifPresent(entry -> {
                        entry.answer = Optional.empty();
                        if (clock.instant().isBefore(entry.usableUntil)) {
                            entry.times.failed(clock.instant());
                        } else {
                            entry.times.dueAtOnce();
                        }
                    });
        }
        ask(certificate, issuer);
    }

    private void ask(X509Certificate certificate, X509Certificate issuer) {
        Optional<URI> address = responder.or(() -> RevocationAddresses.ocsp(certificate));
        if (address.isEmpty()) {
            return;
        }
        Entry entry;
        synchronized (entries) {
            Subject subject = subject(certificate, issuer);
            entry = Optional.ofNullable(entries.remove(subject)).orElseGet(() -> new Entry(times.get()));
            // put again: the order of the map is the order of use
            entries.put(subject, entry);
            forgetTheOldest();
            if (entry.running || !entry.times.isDue(clock.instant())) {
                return;
            }
            entry.running = true;
        }
        try {
            executor.execute(() -> fetch(address.get(), certificate, issuer, entry));
        } catch (RejectedExecutionException e) {
            LOGGER.warn("too many downloads wait; the OCSP responder {} is not asked", address.get());
            synchronized (entries) {
                entry.running = false;
            }
        }
    }

    private void forgetTheOldest() {
        Iterator<Entry> oldest = entries.values().iterator();
        while (entries.size() > bound && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    private void fetch(URI address, X509Certificate certificate, X509Certificate issuer, Entry entry) {
        try {
            CertificateID id =
                    new CertificateID(sha1(), new JcaX509CertificateHolder(issuer), certificate.getSerialNumber());
            byte[] question = new OCSPReqBuilder().addRequest(id).build().getEncoded();
            Answer answer = web.post(address, QUESTION_TYPE, question);
            if (!(answer instanceof Answer.Document document)) {
                throw new IOException(answer.toString());
            }
            Instant until = usableUntil(document.bytes(), id);
            if (!clock.instant().isBefore(until)) {
                throw new IOException("its answer expired at " + until);
            }
            synchronized (entries) {
                entry.answer = Optional.of(document.bytes());
                entry.usableUntil = until;
                entry.times.succeeded(clock.instant());
            }
        } catch (IOException
                | GeneralSecurityException
                | OCSPException
                | OperatorCreationException
                | RuntimeException e) {
            LOGGER.warn("the OCSP responder {} gave no usable answer: {}", address, e.getMessage());
            synchronized (entries) {
                entry.times.failed(clock.instant());
            }
        } finally {
            synchronized (entries) {
                entry.running = false;
            }
        }
    }

    private Instant usableUntil(byte[] encoded, CertificateID id) throws IOException, OCSPException {
        OCSPResp response = new OCSPResp(encoded);
        if (response.getStatus() != OCSPResp.SUCCESSFUL
                || !(response.getResponseObject() instanceof BasicOCSPResp basic)) {
            throw new IOException("it answered with the status " + response.getStatus());
        }
        for (SingleResp single : basic.getResponses()) {
            CertificateID about = single.getCertID();
            if (about.getSerialNumber().equals(id.getSerialNumber())
                    && Arrays.equals(about.getIssuerKeyHash(), id.getIssuerKeyHash())
                    && Arrays.equals(about.getIssuerNameHash(), id.getIssuerNameHash())) {
                // without nextUpdate newer information is always to be had: the age is bounded all the same
                return single.getNextUpdate() == null
                        ? clock.instant().plus(maxAge)
                        : single.getNextUpdate().toInstant();
            }
        }
        throw new IOException("its answer is about another certificate");
    }

    private static DigestCalculator sha1() throws OperatorCreationException {
        return new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1);
    }

    private static Subject subject(X509Certificate certificate, X509Certificate issuer) {
        return new Subject(HexFormat.of().formatHex(issuer.getPublicKey().getEncoded()), certificate.getSerialNumber());
    }
}
