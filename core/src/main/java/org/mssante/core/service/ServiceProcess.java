package org.mssante.core.service;

import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import org.mssante.core.settings.StartupFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one service process. It starts the service, writes {@code runDir/<name>/ready} (one line: process id and
 * start time) once the service answers, and removes it at the end. A service that cannot start prints one sentence on
 * standard error and exits with {@value #EXIT_CONFIGURATION}. A stack trace is logged for defects only: what an operator
 * got wrong is said by the sentence.
 */
public final class ServiceProcess {
    /** EX_CONFIG of sysexits.h. */
    public static final int EXIT_CONFIGURATION = 78;

    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceProcess.class);

    private ServiceProcess() {}

    /**
     * @param name the service's folder below the run folder: {@code server}, {@code annuaire}, {@code bridge}, {@code store}
     * @param start builds and starts the service; it returns once every port answers
     */
    public static void run(String name, String[] args, Function<ServiceArguments, Service> start) {
        // read once, before the first handshake: else a client of TLS 1.2 may ask for one after the other
        // (CVE-2011-1473)
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtFailures(Runtime.getRuntime()::halt));
        try {
            ServiceArguments arguments = ServiceArguments.parse(args);
            Path home = Files.createDirectories(arguments.runDir().resolve(name));
            Path ready = home.resolve("ready");
            Files.deleteIfExists(ready);
            Service service = start.apply(arguments);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(name, service, ready), name + "-stop"));
            Files.writeString(
                    ready, ProcessHandle.current().pid() + " " + Instant.now() + "\n", StandardCharsets.UTF_8);
            LOGGER.info("{} is ready", name);
        } catch (StartupFailure failure) {
            fail(name, failure.getMessage(), failure);
        } catch (IOException e) {
            fail(name, "The run folder cannot be written (" + e.getMessage() + "): check the rights of --run-dir.", e);
        } catch (RuntimeException e) {
            fail(name, sentenceFor(e), e);
        }
    }

    private static void stop(String name, Service service, Path ready) {
        try {
            Files.deleteIfExists(ready);
        } catch (IOException e) {
            LOGGER.warn("the ready file {} is left over: {}", ready, e.getMessage());
        }
        service.close();
        LOGGER.info("{} has stopped", name);
    }

    /** The one outermost catch: an occupied port has its sentence, anything else is a defect and says so. */
    private static String sentenceFor(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupFailure) {
                return cause.getMessage();
            }
            if (cause instanceof BindException) {
                return "A port is already in use (" + cause.getMessage()
                        + "): stop what listens there or start with another --port-offset.";
            }
        }
        return "The service could not start because of " + e + ": the log has the details.";
    }

    private static void fail(String name, String sentence, Throwable cause) {
        if (cause instanceof StartupFailure) {
            LOGGER.debug("{} cannot start", name, cause);
        } else {
            LOGGER.error("{} cannot start", name, cause);
        }
        System.err.println(name + ": " + sentence);
        System.err.flush();
        // halt, not exit: half-started components may keep threads and hooks that would wait for each other
        Runtime.getRuntime().halt(EXIT_CONFIGURATION);
    }
}
