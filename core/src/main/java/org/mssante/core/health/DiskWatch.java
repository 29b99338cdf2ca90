package org.mssante.core.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mssante.core.metrics.Metric;

/** Whether there is room for what is still to come. */
public final class DiskWatch implements Watch {
    private static final long MEGABYTE = 1024 * 1024;

    private final Path folder;
    private final long freeOctets;

    /** @param freeMegabytes the warning comes where less is free on the disk of {@code folder} */
    public DiskWatch(Path folder, int freeMegabytes) {
        this.folder = folder;
        this.freeOctets = freeMegabytes * MEGABYTE;
    }

    @Override
    public String subject() {
        return "disk";
    }

    @Override
    public List<Finding> look() {
        long free = free();
        return free >= freeOctets
                ? List.of()
                : List.of(new Finding(Alarm.DISK_SPACE_LOW, free / MEGABYTE + " MB are free for " + folder));
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.gauge("mssante_disk_free_bytes", "Room left on the run folder's disk.", free()));
    }

    private long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("the disk of " + folder + " does not tell its free space", e);
        }
    }
}
