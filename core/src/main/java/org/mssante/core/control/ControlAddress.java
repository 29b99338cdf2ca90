package org.mssante.core.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.mssante.core.settings.StartupFailure;

/**
 * Where the control socket of a service is: {@code run/<service>/control/socket}, in a folder that only its owner may
 * enter, because not every system heeds the rights of the socket itself (unix(7)). Where that path is longer than an
 * address may be, the socket lies in a private folder of {@code /tmp}, and {@code run/<service>/control/moved} says where.
 *
 * @param folder {@code run/<service>/control}
 */
public record ControlAddress(Path folder) {
    /** {@code sun_path} has 108 octets on Linux and 104 elsewhere, one of them the end (unix(7)). */
    private static final int LONGEST = 103;

    /** Not the temporary folder of the process, which lies in the run folder and has a path as long (hier(7)). */
    private static final Path SHORT_FOLDER = Path.of("/tmp");

    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_SOCKET = PosixFilePermissions.fromString("rw-------");

    public ControlAddress {
        folder = folder.toAbsolutePath().normalize();
    }

    public static ControlAddress of(Path runDir, String service) {
        return new ControlAddress(runDir.resolve(service).resolve("control"));
    }

    /** Where a client finds the service; nothing says that one is running. */
    UnixDomainSocketAddress find() throws IOException {
        Path note = note();
        Path socket = Files.exists(note)
                ? Path.of(Files.readString(note, StandardCharsets.UTF_8).strip())
                : socket();
        return UnixDomainSocketAddress.of(socket);
    }

    /**
     * Makes the folder private and chooses the place of the socket, which a service that died may have left there.
     *
     * @throws StartupFailure where the folder belongs to somebody else
     */
    UnixDomainSocketAddress prepare() {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER);
            Files.deleteIfExists(note());
            Files.deleteIfExists(socket());
            return UnixDomainSocketAddress.of(isShort(socket()) ? socket() : elsewhere());
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder " + folder + " cannot be made private (" + e.getMessage()
                            + "): check that the run folder belongs to the service's user.",
                    e);
        }
    }

    static void protect(UnixDomainSocketAddress address) throws IOException {
        Files.setPosixFilePermissions(address.getPath(), OWNER_ONLY_SOCKET);
    }

    /** Removes what {@link #prepare()} made. */
    void remove(UnixDomainSocketAddress address) throws IOException {
        Files.deleteIfExists(address.getPath());
        if (Files.deleteIfExists(note())) {
            Files.deleteIfExists(address.getPath().getParent());
        }
    }

    /** A new folder with a name nobody can guess, made with the rights of its owner alone. */
    private Path elsewhere() throws IOException {
        Path socket = Files.createTempDirectory(SHORT_FOLDER, "mssante-").resolve("socket");
        Files.writeString(note(), socket + "\n", StandardCharsets.UTF_8);
        return socket;
    }

    private static boolean isShort(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }

    private Path socket() {
        return folder.resolve("socket");
    }

    private Path note() {
        return folder.resolve("moved");
    }
}
