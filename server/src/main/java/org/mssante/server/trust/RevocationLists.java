package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    private static final String DELTA_INDICATOR = "2.5.29.27";

    private final List<Path> folders;
    private final Supplier<CertificateAuthorities> authorities;
    private final Trace trace;
    private Map<Path, String> stamps = Map.of();
    private volatile Map<Scope, X509CRL> inUse = Map.of();
    private final AtomicLong changes = new AtomicLong();

    /**
     * Lists of one issuer, key and distribution point follow each other; others stand side by side.
     *
     * @param point the encoded issuing distribution point, hexadecimal; empty where the list covers everything
     */
    private record Scope(X500Principal issuer, PublicKey key, String point) {}

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
        Map<Scope, X509CRL> still = new LinkedHashMap<>(inUse);
        still.values().removeIf(list -> !isAuthentic(list));
        inUse = Map.copyOf(still);
        stamps = Map.of();
    }

    /** True where a configured authority signed the list. */
    boolean isAuthentic(X509CRL list) {
        return scope(list).isPresent();
    }

    /** True where a newer list of the same authority, key and distribution point is in use. */
    boolean isOutdated(X509CRL list) {
        return scope(list)
                .map(inUse::get)
                .filter(present -> RevocationListAge.of(list).isBefore(RevocationListAge.of(present)))
                .isPresent();
    }

    private Map<Path, String> look() throws IOException {
        Map<Path, String> found = new TreeMap<>();
        for (Path folder : folders) {
            found.putAll(FileStamp.ofFolder(folder, "*.crl"));
        }
        return found;
    }

    private synchronized boolean read(Map<Path, String> found) {
        Map<Scope, X509CRL> next = new LinkedHashMap<>(inUse);
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

    private void accept(Path file, X509CRL list, Map<Scope, X509CRL> next) {
        Optional<Scope> scope = scope(list);
        if (scope.isEmpty()) {
            LOGGER.warn("the revocation list {} is not signed by a configured authority: it is not used", file);
            return;
        }
        if (list.getExtensionValue(DELTA_INDICATOR) != null) {
            LOGGER.warn(
                    "the revocation list {} tells what changed since another (RFC 5280 §5.2.4): it is not used", file);
            return;
        }
        X509CRL present = next.get(scope.get());
        if (present == null || !RevocationListAge.of(list).isBefore(RevocationListAge.of(present))) {
            next.put(scope.get(), list);
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

    /**
     * Empty where no configured authority signed the list. The key is the one that did: how the list itself names it, by
     * identifier, by certificate or not at all (RFC 5280 §5.2.1), may change from one list to the next.
     */
    private Optional<Scope> scope(X509CRL list) {
        byte[] point = list.getExtensionValue(ISSUING_DISTRIBUTION_POINT);
        return authorities.get().all().stream()
                .filter(authority -> isSignedBy(list, authority))
                .findFirst()
                .map(authority -> new Scope(
                        list.getIssuerX500Principal(),
                        authority.getPublicKey(),
                        point == null ? "" : HexFormat.of().formatHex(point)));
    }
}
