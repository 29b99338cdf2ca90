package org.mssante.launcher.backup;

import java.util.Arrays;
import java.util.Optional;

/**
 * One file of a backup.
 *
 * @param name its path below the backup's folder, with slashes
 * @param target where it belongs: a path below the run folder, or the service whose database it is
 * @param octets its size
 * @param sha256 hexadecimal
 * @param mode its rights where it came from, e.g. {@code rw-------}
 */
record Part(String name, Kind kind, String target, long octets, String sha256, String mode) {

    /** What a part is, and so how it is put back. */
    enum Kind {
        /** An H2 database in a ZIP file. */
        EMBEDDED_DATABASE,
        /** A PostgreSQL database in the custom format of pg_dump. */
        POSTGRESQL_DATABASE,
        /** A file as it was. */
        FILE;

        static Optional<Kind> named(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.name().equals(name))
                    .findFirst();
        }
    }
}
