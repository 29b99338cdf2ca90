package org.mssante.launcher.instance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mssante.launcher.CommandFailure;

/** Starts, watches and ends the process of one service. */
public final class ServiceRunner {
    private static final long MAX_LOG_BYTES = 20L * 1024 * 1024;

    /** Small and quick rather than fast under load: an operator who needs more sets {@code MSSANTE_JAVA_OPTIONS}. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            // else each thread that ever wrote a large block keeps as much direct memory, and H2's writers take it all
            "-Djdk.nio.maxCachedBufferSize=1048576",
            // else James asks the DNS for the name of every peer, on the thread that serves all others too
            "-Djames.protocols.mdc.hostname=false",
            // else Jakarta Mail looks into every jar for it, anew for each block of headers
            "-Djakarta.mail.util.StreamProvider=org.eclipse.angus.mail.util.MailStreamProvider");

    /**
     * Run by sh: the service must outlive the launcher's terminal and its Ctrl-C; SIGTERM still ends it. What it writes is for
     * its user alone: mail, documents and traces.
     */
    private static final String DETACH = "umask 077; trap '' HUP INT; exec \"$@\"";

    private final Instance instance;
    private final ServiceKind kind;
    private final List<String> classArchive;
    private final ServiceProcessFile processFile;
    private final ScratchFolder scratch;

    /** Where the log of the present process begins. */
    private long logStart;

    public ServiceRunner(Instance instance, ServiceKind kind) {
        this(instance, kind, ClassArchive.of(instance.home(), kind).reading());
    }

    private ServiceRunner(Instance instance, ServiceKind kind, List<String> classArchive) {
        this.instance = instance;
        this.kind = kind;
        this.classArchive = classArchive;
        this.processFile = new ServiceProcessFile(instance.folder(kind));
        this.scratch = new ScratchFolder(instance.folder(kind).resolve("tmp"));
    }

    /** One that leaves the {@link ClassArchive} of its service behind when it ends. */
    static ServiceRunner writingClassArchive(Instance instance, ServiceKind kind) {
        return new ServiceRunner(
                instance, kind, ClassArchive.of(instance.home(), kind).writing());
    }

    public ServiceKind kind() {
        return kind;
    }

    /** Starts the process and returns at once; output goes to the service's log. */
    public void start() {
        if (!Files.exists(kind.jar(instance.home()))) {
            throw new CommandFailure("The service " + kind.folder() + " is not built (" + kind.jar(instance.home())
                    + " is missing): start through ./mssante, which builds it.");
        }
        Path log = instance.log(kind);
        try {
            Files.createDirectories(log.getParent());
            new ServiceReadyFile(instance.folder(kind)).delete();
            scratch.empty();
            setAsideLargeLog(log);
            logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process = new ProcessBuilder(command())
                    .directory(instance.home().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            processFile.write(process.toHandle());
        } catch (IOException e) {
            throw new CommandFailure(
                    "The service " + kind.folder() + " cannot be started (" + e.getMessage()
                            + "): check the rights of the run folder.",
                    e);
        }
    }

    public ServiceState state() {
        Optional<ProcessHandle> process = processFile.living();
        if (process.isEmpty()) {
            return new ServiceState(
                    kind, OptionalLong.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
        }
        long pid = process.get().pid();
        return new ServiceState(
                kind,
                OptionalLong.of(pid),
                new ServiceReadyFile(instance.folder(kind)).readyAfter(process.get()),
                process.get().info().totalCpuDuration(),
                ResidentMemory.ofProcess(pid));
    }

    /** Asks the process to end in order (SIGTERM); does not wait. */
    public void requestStop() {
        processFile.living().ifPresent(ProcessHandle::destroy);
    }

    /** Ends the process at once (SIGKILL), as a crash would. */
    public void kill() {
        processFile.living().ifPresent(ProcessHandle::destroyForcibly);
    }

    /**
     * The sentence with which the service just started said why it could not: the last line of its log that begins with
     * its name.
     */
    public Optional<String> lastSentence() {
        String prefix = kind.folder() + ": ";
        try (InputStream log = Files.newInputStream(instance.log(kind))) {
            log.skipNBytes(logStart);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .reduce((earlier, later) -> later);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What {@link #start()} runs. */
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACH, "sh", java()));
        command.addAll(JVM_OPTIONS);
        command.addAll(kind.jvmOptions());
        command.addAll(classArchive);
        command.add("-Djava.io.tmpdir=" + scratch.path());
        command.add("-Xmx" + kind.heap());
        Optional.ofNullable(System.getenv("MSSANTE_JAVA_OPTIONS"))
                .filter(options -> !options.isBlank())
                .ifPresent(options -> command.addAll(List.of(options.strip().split("\\s+"))));
        command.addAll(List.of("-cp", kind.classPath(instance.home()), kind.mainClass()));
        command.addAll(List.of("--conf", instance.configuration(kind).toString()));
        command.addAll(List.of("--run-dir", instance.runDir().toString()));
        command.addAll(List.of("--port-offset", Integer.toString(instance.portOffset())));
        return command;
    }

    /** The Java that runs the launcher. */
    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void setAsideLargeLog(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
