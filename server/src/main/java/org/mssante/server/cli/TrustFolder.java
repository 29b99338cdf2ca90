package org.mssante.server.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.control.ControlAddress;
import org.mssante.core.control.ControlClient;
import org.mssante.core.settings.InstanceNote;
import org.mssante.core.settings.Settings;
import org.mssante.core.settings.StartupFailure;
import org.mssante.server.trust.ListFolder;
import picocli.CommandLine.Option;

/** The option that names an instance, and where its server keeps the trust lists. */
final class TrustFolder {
    /** As for the health of a service. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "The run folder of the instance; ${sys:mssante.home:-.}/run where it is not given.")
    private Optional<Path> runDir = Optional.empty();

    /** picocli makes it. */
    TrustFolder() {}

    Path runDir() {
        return runDir.orElseGet(() -> Path.of(System.getProperty("mssante.home", "."), "run"));
    }

    /** True where the command line says which instance is meant. */
    boolean isNamed() {
        return runDir.isPresent();
    }

    /** The settings of the instance's mail server. */
    Settings settings() {
        Path home = Path.of(System.getProperty("mssante.home", ""));
        return InstanceNote.of(runDir(), home).settings("server", runDir());
    }

    /** Where the server keeps the revocation lists it has fetched. */
    Path fetchedRevocations() {
        return runDir().resolve("server/data/trust/crl");
    }

    /** Read only, but for the operator's confirmation: nothing is dropped from the history here. */
    ListFolder lists() {
        return new ListFolder(runDir().resolve("server/data/trust"), Integer.MAX_VALUE);
    }

    /**
     * Whether the server is there to be asked for its health.
     *
     * @throws StartupFailure where this user may not ask
     */
    boolean serverAnswers() {
        ControlClient client = new ControlClient(ControlAddress.of(runDir(), "server"), PATIENCE);
        try (ControlClient.Reply reply = client.get(List.of("health"), Map.of())) {
            return reply.isOk();
        } catch (AccessDeniedException e) {
            throw new StartupFailure(ControlClient.sentence(e, "the server"), e);
        } catch (IOException e) {
            return false;
        }
    }

    /** What the server last said of itself. */
    ObjectNode status() {
        Path file = lists().status();
        try {
            return new ObjectMapper().readValue(Files.readString(file), ObjectNode.class);
        } catch (NoSuchFileException e) {
            throw new StartupFailure(
                    "There is no " + file + ": start the instance (./mssante up), or name it with --run-dir.", e);
        } catch (IOException e) {
            throw new StartupFailure("The file " + file + " cannot be read (" + e.getMessage() + ").", e);
        }
    }
}
