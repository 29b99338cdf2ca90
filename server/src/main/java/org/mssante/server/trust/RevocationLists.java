package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.FileStamp;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate revocation lists of some folders ({@code *.crl}, PEM or DER), read again when one changes. A list counts
 * only where a configured authority signed it. An unreadable, foreign or older file never replaces the list in use,
 * which stays until a newer one comes (ECO.1.1.7); whether it has expired is judged at each use. Thread-safe; reading is
 * lock-free.
 */
public final class RevocationLists implements Supplier<Collection<X509CRL>> {
    private static final Logger LOGGER = LoggerFactory.getLogger(RevocationLists.class);
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

    private final List<Path> folders;
    private final Supplier<CertificateAuthorities> authorities;
    private final Trace trace;
    private Map<Path, String> stamps = Map.of();
    private volatile Map<String, X509CRL> inUse = Map.of();
    private final AtomicLong changes = new AtomicLong();

    private RevocationLists(List<Path> folders, Supplier<CertificateAuthorities> authorities, Trace trace) {
        this.folders = List.copyOf(folders);
        this.authorities = authorities;
        this.trace = trace;
    }

    /** @throws StartupFailure where a folder cannot be listed */
    public static RevocationLists open(List<Path> folders, Supplier<CertificateAuthorities> authorities, Trace trace) {
        RevocationLists lists = new RevocationLists(folders, authorities, trace);
        try {
            lists.read(lists.look());
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder of revocation lists " + e.getMessage()
                            + " cannot be read: create it and put the CRL of each authority in it.",
                    e);
        }
        return lists;
    }

    @Override
    public Collection<X509CRL> get() {
        return inUse.values();
    }

    /** How often a list has come into use: another number, other answers. */
    long changes() {
        return changes.get();
    }

    /** Looks whether a folder changed, and reads if so. True where a list came into use. */
    public synchronized boolean refresh() {
        try {
            Map<Path, String> now = look();
            return !now.equals(stamps) && read(now);
        } catch (IOException e) {
            LOGGER.warn("the folders of revocation lists {} cannot be read: {}", folders, e.getMessage());
            return false;
        }
    }

    /** Other authorities: reads everything again, and forgets what none of them signed. */
    synchronized void authoritiesChanged() {
        Map<String, X509CRL> still = new LinkedHashMap<>(inUse);
        still.values().removeIf(list -> !isAuthentic(list));
        inUse = Map.copyOf(still);
        stamps = Map.of();
    }

    /** True where a configured authority signed the list. */
    boolean isAuthentic(X509CRL list) {
        return authorities.get().all().stream().anyMatch(authority -> isSignedBy(list, authority));
    }

    /** True where a newer list of the same authority, key and distribution point is in use. */
    boolean isOutdated(X509CRL list) {
        X509CRL present = inUse.get(scope(list));
        return present != null && RevocationListAge.of(list).isBefore(RevocationListAge.of(present));
    }

    private Map<Path, String> look() throws IOException {
        Map<Path, String> found = new TreeMap<>();
        for (Path folder : folders) {
            found.putAll(FileStamp.ofFolder(folder, "*.crl"));
        }
        return found;
    }

    private synchronized boolean read(Map<Path, String> found) {
        Map<String, X509CRL> next = new LinkedHashMap<>(inUse);
        for (Map.Entry<Path, String> file : found.entrySet()) {
            if (file.getValue().equals(stamps.get(file.getKey()))) {
                continue;
            }
            try {
                accept(file.getKey(), PemFiles.crl(file.getKey()), next);
            } catch (StartupFailure unreadable) {
                LOGGER.warn("{} The lists in use stay.", unreadable.getMessage());
            }
        }
        boolean changed = !next.equals(inUse);
        if (changed) {
            inUse = Map.copyOf(next);
            changes.incrementAndGet();
        }
        stamps = found;
        return changed;
    }

    private void accept(Path file, X509CRL list, Map<String, X509CRL> next) {
        if (!isAuthentic(list)) {
            LOGGER.warn("the revocation list {} is not signed by a configured authority: it is not used", file);
            return;
        }
        X509CRL present = next.get(scope(list));
        if (present == null || !RevocationListAge.of(list).isBefore(RevocationListAge.of(present))) {
            next.put(scope(list), list);
            if (!list.equals(present)) {
                trace.record(TraceEntry.of(Event.REVOCATION_LIST_LOADED)
                        .with(
                                Field.CERTIFICATE_SUBJECT,
                                list.getIssuerX500Principal().getName(X500Principal.RFC2253))
                        .with(Field.LIST_DATE, list.getThisUpdate().toInstant()));
            }
        } else {
            LOGGER.warn("the revocation list {} is older than the one in use: it is not used", file);
        }
    }

    private static boolean isSignedBy(X509CRL list, X509Certificate authority) {
        if (!list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Lists of one issuer, key and distribution point follow each other; others stand side by side. */
    private static String scope(X509CRL list) {
        return list.getIssuerX500Principal().getName()
                + extension(list, AUTHORITY_KEY_IDENTIFIER)
                + extension(list, ISSUING_DISTRIBUTION_POINT);
    }

    private static String extension(X509CRL list, String oid) {
        byte[] value = list.getExtensionValue(oid);
        return value == null ? "|" : "|" + HexFormat.of().formatHex(value);
    }
}
