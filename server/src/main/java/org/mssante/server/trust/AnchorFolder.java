package org.mssante.server.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.FileStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the certificates (*.pem) of a folder are to us, read again when the folder changes. A folder that cannot be used leaves
 * what is in use as it is. Reading is lock-free; {@link #refresh()} belongs to one thread at a time.
 */
final class AnchorFolder<T> implements Supplier<T> {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnchorFolder.class);

    private final Path folder;
    private final Function<Path, T> load;
    private Map<Path, String> stamps;
    private volatile T inUse;

    private AnchorFolder(Path folder, Function<Path, T> load, Map<Path, String> stamps, T inUse) {
        this.folder = folder;
        this.load = load;
        this.stamps = stamps;
        this.inUse = inUse;
    }

    /**
     * @param load reads the folder, and throws a {@link StartupFailure} where it holds nothing usable
     * @throws StartupFailure where it does so now
     */
    static <T> AnchorFolder<T> open(Path folder, Function<Path, T> load) {
        T first = load.apply(folder);
        try {
            return new AnchorFolder<>(folder, load, FileStamp.ofFolder(folder, "*.pem"), first);
        } catch (IOException e) {
            throw new StartupFailure("The folder of trust anchors " + folder + " cannot be read: check its rights.", e);
        }
    }

    @Override
    public T get() {
        return inUse;
    }

    /** True where others came into use. */
    boolean refresh() {
        try {
            Map<Path, String> now = FileStamp.ofFolder(folder, "*.pem");
            if (now.equals(stamps)) {
                return false;
            }
            stamps = now;
            inUse = load.apply(folder);
            LOGGER.info("the trust anchors in {} were read again", folder);
            return true;
        } catch (IOException | StartupFailure e) {
            LOGGER.warn("the trust anchors in {} cannot be used, those in use stay: {}", folder, e.getMessage());
            return false;
        }
    }
}
