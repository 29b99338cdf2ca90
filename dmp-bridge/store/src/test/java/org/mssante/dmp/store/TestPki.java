package org.mssante.dmp.store;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.mssante.certs.SharedPki;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** The folders and clients of the shared development PKI. */
final class TestPki {
    private static final Path FOLDER = SharedPki.folder();

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
