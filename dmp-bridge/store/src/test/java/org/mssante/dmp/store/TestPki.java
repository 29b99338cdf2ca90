package org.mssante.dmp.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import org.mssante.certs.DevelopmentPki;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** The development PKI, made once for all tests of the module: keys take seconds. */
final class TestPki {
    private static final Path FOLDER = Path.of("target", "test-certs").toAbsolutePath();

    static {
        try {
            Files.createDirectories(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new DevelopmentPki(FOLDER, Clock.systemUTC()).complete();
    }

    private TestPki() {}

    static Path folder() {
        return FOLDER;
    }

    /** A client that presents the certificate of {@code name}. */
    static SSLContext client(String name) {
        return TlsContexts.mutual(
                KeyMaterial.load(FOLDER.resolve(name)), PemFiles.certificatesOfFolder(FOLDER.resolve("anchors")));
    }

    static SSLContext clientWithoutCertificate() {
        return TlsContexts.trusting(PemFiles.certificatesOfFolder(FOLDER.resolve("anchors")));
    }
}
