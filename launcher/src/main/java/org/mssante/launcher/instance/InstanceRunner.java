package org.mssante.launcher.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.mssante.certs.DevelopmentPki;
import org.mssante.certs.PkiReport;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.Polling;

/** Brings all services of an instance up and down. Not thread-safe; one launcher works on an instance at a time. */
public final class InstanceRunner {
    /** How long a start and an orderly end may take before the launcher gives up. */
    public record Limits(Duration start, Duration stop) {
        public static Limits defaults() {
            return starting(Duration.ofMinutes(10));
        }

        /** @param start the first load of the national register takes minutes */
        public static Limits starting(Duration start) {
            return new Limits(start, Duration.ofSeconds(30));
        }

        /** Writing an archive takes a service seconds, minutes on a busy machine. */
        static Limits forClassArchives() {
            return new Limits(Duration.ofMinutes(5), Duration.ofMinutes(5));
        }
    }

    private static final Duration POLL = Duration.ofMillis(50);
    private static final double MILLIS = 1000.0;

    private final Instance instance;
    private final Limits limits;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Polling polling;
    private final Map<ServiceKind, ServiceRunner> runners = new EnumMap<>(ServiceKind.class);

    /** @param progress is told in English what is going on */
    public InstanceRunner(Instance instance, Limits limits, Clock clock, Consumer<String> progress) {
        this(instance, limits, clock, progress, ServiceRunner::new);
    }

    private InstanceRunner(
            Instance instance,
            Limits limits,
            Clock clock,
            Consumer<String> progress,
            BiFunction<Instance, ServiceKind, ServiceRunner> runners) {
        this.instance = instance;
        this.limits = limits;
        this.clock = clock;
        this.progress = progress;
        this.polling = new Polling(clock, POLL);
        for (ServiceKind kind : ServiceKind.values()) {
            this.runners.put(kind, runners.apply(instance, kind));
        }
    }

    /** One whose services leave their {@link ClassArchive} behind when they end. */
    static InstanceRunner writingClassArchives(Instance instance, Clock clock, Consumer<String> progress) {
        return new InstanceRunner(
                instance, Limits.forClassArchives(), clock, progress, ServiceRunner::writingClassArchive);
    }

    public List<ServiceRunner> runners() {
        return List.copyOf(runners.values());
    }

    public ServiceRunner runner(ServiceKind kind) {
        return runners.get(kind);
    }

    /** The note that is there while a restore changes the instance. */
    public static Path restoreNote(Instance instance) {
        return instance.runDir().resolve("restore.unfinished");
    }

    /** The note of a restore that never came to its end. */
    public static Optional<Path> interruptedRestore(Instance instance) {
        return Optional.of(restoreNote(instance)).filter(Files::exists);
    }

    /**
     * Makes the certificates, starts what is not running and waits until every service is ready.
     *
     * @throws CommandFailure where one does not start; what was started is stopped again
     */
    public void up() {
        interruptedRestore(instance).ifPresent(note -> {
            throw new CommandFailure("A restore was interrupted (" + note + " says from where): run ./mssante restore "
                    + "--force with that folder again.");
        });
        PkiReport certificates = new DevelopmentPki(instance.certificates(), clock).complete();
        progress.accept(
                certificates.changedNothing()
                        ? "certificates: complete"
                        : "certificates: made " + certificates.made().size() + " in " + instance.certificates());
        List<ServiceRunner> started = new ArrayList<>();
        try {
            startAll(started);
        } catch (CommandFailure failure) {
            stop(started);
            throw failure;
        }
    }

    private void startAll(List<ServiceRunner> started) {
        Instant begin = clock.instant();
        List<ServiceRunner> waiting = new ArrayList<>();
        for (ServiceRunner runner : runners()) {
            if (runner.state().ready()) {
                progress.accept(runner.kind().folder() + ": is already running");
            } else {
                waiting.add(runner);
            }
        }
        List<ServiceRunner> starting = new ArrayList<>();
        while (!waiting.isEmpty() || !starting.isEmpty()) {
            List<ServiceRunner> possible =
                    waiting.stream().filter(this::canStart).toList();
            for (ServiceRunner runner : possible) {
                if (!runner.state().alive()) {
                    runner.start();
                    started.add(runner);
                }
            }
            waiting.removeAll(possible);
            starting.addAll(possible);
            starting.removeIf(runner -> hasStarted(runner, begin));
            boolean over = clock.instant().isAfter(begin.plus(limits.start()));
            if (over && !(starting.isEmpty() && waiting.isEmpty())) {
                throw new CommandFailure(late(starting.isEmpty() ? waiting.get(0) : starting.get(0)));
            }
            polling.pause();
        }
    }

    /** @throws CommandFailure where the process has ended instead */
    private boolean hasStarted(ServiceRunner runner, Instant begin) {
        ServiceState state = runner.state();
        if (state.ready()) {
            double seconds = Duration.between(begin, clock.instant()).toMillis() / MILLIS;
            progress.accept(
                    String.format("%s: ready after %.1f s", runner.kind().folder(), seconds));
        } else if (!state.alive()) {
            throw new CommandFailure(whyNotStarted(runner));
        }
        return state.ready();
    }

    private boolean canStart(ServiceRunner runner) {
        return runner.kind()
                .secret()
                .map(secret -> Files.exists(instance.secrets().resolve(secret)))
                .orElse(true);
    }

    /** Ends every service; the answer names those that had to be killed. */
    public List<ServiceKind> down() {
        return stop(runners());
    }

    private List<ServiceKind> stop(List<ServiceRunner> which) {
        // whoever sends work to others ends first
        List<ServiceRunner> living = new ArrayList<>();
        for (int i = which.size() - 1; i >= 0; i--) {
            if (which.get(i).state().alive()) {
                which.get(i).requestStop();
                living.add(which.get(i));
            }
        }
        Instant begin = clock.instant();
        awaitEnd(
                living,
                begin.plus(limits.stop()),
                runner -> progress.accept(runner.kind().folder() + ": stopped"));
        List<ServiceKind> killed = new ArrayList<>();
        for (ServiceRunner runner : living) {
            runner.kill();
            killed.add(runner.kind());
            progress.accept(runner.kind().folder() + ": killed, it had not stopped within "
                    + limits.stop().toSeconds() + " s");
        }
        awaitEnd(living, clock.instant().plus(limits.stop()), runner -> {});
        return killed;
    }

    /** Removes from {@code living} who has ended, until all have or the time is over. */
    private void awaitEnd(List<ServiceRunner> living, Instant until, Consumer<ServiceRunner> ended) {
        Predicate<ServiceRunner> hasEnded = runner -> {
            boolean over = !runner.state().alive();
            if (over) {
                ended.accept(runner);
            }
            return over;
        };
        living.removeIf(hasEnded);
        while (!living.isEmpty() && clock.instant().isBefore(until)) {
            polling.pause();
            living.removeIf(hasEnded);
        }
    }

    private String whyNotStarted(ServiceRunner runner) {
        return runner.lastSentence()
                .orElseGet(() -> runner.kind().folder() + ": The service ended while it was starting: look at "
                        + instance.log(runner.kind()) + ".");
    }

    private String late(ServiceRunner runner) {
        return "The service " + runner.kind().folder() + " was not ready within "
                + limits.start().toSeconds() + " s: look at " + instance.log(runner.kind())
                + ", or give it longer with --patience.";
    }
}
