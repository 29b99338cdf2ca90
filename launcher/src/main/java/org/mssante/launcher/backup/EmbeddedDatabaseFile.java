package org.mssante.launcher.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.backup.ServiceDatabase.Embedded;
import org.mssante.launcher.control.ControlDesk;
import org.mssante.launcher.instance.Instance;

/**
 * The file of an embedded database. A running service copies it itself; the file of a stopped one is copied under the lock
 * that H2 takes on it, so that nobody can start meanwhile.
 */
final class EmbeddedDatabaseFile {
    private final Instance instance;
    private final Embedded database;

    EmbeddedDatabaseFile(Instance instance, Embedded database) {
        this.instance = instance;
        this.database = database;
    }

    boolean exists() {
        return Files.exists(database.file());
    }

    /** Its rights, e.g. {@code rw-r--r--}. */
    String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(database.file()));
    }

    void copyTo(Path zip) throws IOException {
        ControlDesk service = new ControlDesk(instance, database.service());
        // whoever started it: the socket answers, whatever the launcher knows of processes
        if (service.health().isPresent()) {
            service.post(Map.of("to", zip.toString()), "backup");
        } else {
            copyLocked(zip);
        }
        DurableFiles.force(zip);
    }

    private void copyLocked(Path zip) throws IOException {
        try (FileChannel file = FileChannel.open(database.file(), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = lock(file);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip, StandardOpenOption.CREATE_NEW))) {
            if (!lock.isValid()) {
                throw new IOException("the lock on " + database.file() + " was lost");
            }
            out.putNextEntry(new ZipEntry(database.file().getFileName().toString()));
            // not closed: the lock has to outlive the copy
            Channels.newInputStream(file).transferTo(out);
            out.closeEntry();
        }
    }

    private FileLock lock(FileChannel file) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock()).orElseThrow(this::inUse);
        } catch (OverlappingFileLockException e) {
            throw inUse();
        }
    }

    private CommandFailure inUse() {
        return new CommandFailure(
                "The database " + database.file()
                        + " is in use by a process that does not answer on the service's control socket: end it and try again.");
    }

    /** Unpacks a copy beside a place; nothing is replaced. */
    static void unpack(Path zip, Path to) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip));
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            ZipEntry entry = in.getNextEntry();
            if (entry == null) {
                throw new IOException(zip + " holds no database");
            }
            in.transferTo(out);
            if (in.getNextEntry() != null) {
                throw new IOException(zip + " holds more than one file");
            }
        }
        DurableFiles.force(to);
    }
}
