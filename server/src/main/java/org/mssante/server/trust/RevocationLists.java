package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.PemFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate revocation lists of a folder ({@code *.crl}, PEM or DER), read again when it changes. A list counts
 * only where a configured authority signed it. An unreadable, foreign or older file never replaces the list in use,
 * which stays until a newer one comes (ECO.1.1.7); whether it has expired is judged at each use. Reading is lock-free;
 * {@link #refresh()} belongs to one thread at a time.
 */
public final class RevocationLists implements Supplier<Collection<X509CRL>> {
    private static final Logger LOGGER = LoggerFactory.getLogger(RevocationLists.class);
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

    private final Path folder;
    private final CertificateAuthorities authorities;
    private Map<Path, String> stamps = Map.of();
    private volatile Map<String, X509CRL> inUse = Map.of();

    private RevocationLists(Path folder, CertificateAuthorities authorities) {
        this.folder = folder;
        this.authorities = authorities;
    }

    /** @throws StartupFailure where the folder cannot be listed */
    public static RevocationLists open(Path folder, CertificateAuthorities authorities) {
        RevocationLists lists = new RevocationLists(folder, authorities);
        try {
            lists.read(lists.look());
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder of revocation lists " + folder
                            + " cannot be read: create it and put the CRL of each authority in it.",
                    e);
        }
        return lists;
    }

    @Override
    public Collection<X509CRL> get() {
        return inUse.values();
    }

    /** Looks whether the folder changed, and reads it if so. True where a list came into use. */
    public boolean refresh() {
        try {
            Map<Path, String> now = look();
            return !now.equals(stamps) && read(now);
        } catch (IOException e) {
            LOGGER.warn("the folder of revocation lists {} cannot be read: {}", folder, e.getMessage());
            return false;
        }
    }

    private Map<Path, String> look() throws IOException {
        Map<Path, String> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crl")) {
            for (Path file : files) {
                found.put(file, FileStamp.of(file));
            }
        }
        return found;
    }

    private boolean read(Map<Path, String> found) {
        Map<String, X509CRL> next = new LinkedHashMap<>(inUse);
        for (Path file : found.keySet()) {
            try {
                accept(file, PemFiles.crl(file), next);
            } catch (StartupFailure unreadable) {
                LOGGER.warn("{} The lists in use stay.", unreadable.getMessage());
            }
        }
        boolean changed = !next.equals(inUse);
        inUse = Map.copyOf(next);
        stamps = found;
        return changed;
    }

    private void accept(Path file, X509CRL list, Map<String, X509CRL> next) {
        if (authorities.all().stream().noneMatch(authority -> isSignedBy(list, authority))) {
            LOGGER.warn("the revocation list {} is not signed by a configured authority: it is not used", file);
            return;
        }
        X509CRL present = next.get(scope(list));
        if (present == null
                || !list.getThisUpdate()
                        .toInstant()
                        .isBefore(present.getThisUpdate().toInstant())) {
            next.put(scope(list), list);
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
