package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.FileStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities in a folder, read again when it changes. A folder that cannot be used leaves those in use as they are.
 * Reading is lock-free; {@link #refresh()} belongs to one thread at a time.
 */
final class AnchorFolder implements Supplier<CertificateAuthorities> {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnchorFolder.class);

    private final Path folder;
    private Map<Path, String> stamps;
    private volatile CertificateAuthorities inUse;

    private AnchorFolder(Path folder, Map<Path, String> stamps, CertificateAuthorities inUse) {
        this.folder = folder;
        this.stamps = stamps;
        this.inUse = inUse;
    }

    /** @throws StartupFailure where the folder holds no usable authorities */
    static AnchorFolder open(Path folder) {
        CertificateAuthorities authorities = CertificateAuthorities.load(folder);
        try {
            return new AnchorFolder(folder, FileStamp.ofFolder(folder, "*.pem"), authorities);
        } catch (IOException e) {
            throw new StartupFailure("The folder of trust anchors " + folder + " cannot be read: check its rights.", e);
        }
    }

    @Override
    public CertificateAuthorities get() {
        return inUse;
    }

    /** True where other authorities came into use. */
    boolean refresh() {
        try {
            Map<Path, String> now = FileStamp.ofFolder(folder, "*.pem");
            if (now.equals(stamps)) {
                return false;
            }
            stamps = now;
            inUse = CertificateAuthorities.load(folder);
            LOGGER.info(
                    "the trust anchors were read again: {} authorities",
                    inUse.all().size());
            return true;
        } catch (IOException | StartupFailure e) {
            LOGGER.warn("the trust anchors in {} cannot be used, those in use stay: {}", folder, e.getMessage());
            return false;
        }
    }
}
