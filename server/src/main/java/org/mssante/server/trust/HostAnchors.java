package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.FileStamp;
import org.mssante.core.tls.PemFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the publisher of the list is known by, read again where the folder has changed. One that cannot be used leaves those
 * in use as they are. Thread-safe.
 */
final class HostAnchors implements Supplier<List<X509Certificate>> {
    private static final Logger LOGGER = LoggerFactory.getLogger(HostAnchors.class);

    private final Path folder;
    private Map<Path, String> stamps = Map.of();
    private List<X509Certificate> inUse;

    /** @throws StartupFailure where the folder holds no readable certificate */
    HostAnchors(Path folder) {
        this.folder = folder;
        this.inUse = PemFiles.certificatesOfFolder(folder);
    }

    @Override
    public synchronized List<X509Certificate> get() {
        try {
            Map<Path, String> now = FileStamp.ofFolder(folder, "*.pem");
            if (!now.equals(stamps)) {
                stamps = now;
                inUse = PemFiles.certificatesOfFolder(folder);
            }
        } catch (IOException | StartupFailure e) {
            LOGGER.warn("the anchors in {} cannot be used, those in use stay: {}", folder, e.getMessage());
        }
        return inUse;
    }
}
