package org.mssante.launcher.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServiceRunner;
import org.mssante.launcher.instance.ServiceState;

/**
 * Hands mails with a document to the bridge as the mail server does, and watches in the bridge's trace how each ends. A
 * refusal by the intake or a broken connection ends a round as a {@link CommandFailure}.
 */
public final class FilingBenchmark {
    /** How often the trace is read: what is measured is late by so much at most. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private static final Duration PROGRESS = Duration.ofSeconds(5);
    private static final int MEMORY_LOOKS = 20;
    private static final String SAMPLE = "demo/documents/biologie-active";

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Instance instance;
    private final Door intake;
    private final Account recipient;
    private final Clock clock;
    private final Consumer<String> progress;

    /**
     * @param intake of the bridge
     * @param recipient of every mail
     * @param progress hears every few seconds how far it is
     */
    public FilingBenchmark(Instance instance, Door intake, Account recipient, Clock clock, Consumer<String> progress) {
        this.instance = instance;
        this.intake = intake;
        this.recipient = recipient;
        this.clock = clock;
        this.progress = progress;
    }

    /** @param warmUp documents filed before anything is measured */
    public List<FilingRound> run(FilingLoad load, int warmUp, int rounds) {
        if (warmUp > 0) {
            round(load.of(warmUp), "warm-up");
        }
        List<FilingRound> played = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            String title = "round " + round + " of " + rounds;
            FilingRound result = round(load, title);
            progress.accept("%s: %.1f filed/s".formatted(title, result.filedPerSecond()));
            played.add(result);
        }
        return played;
    }

    private FilingRound round(FilingLoad load, String title) {
        Path sample = instance.confDir().resolve(SAMPLE);
        ReportWriter writer = new ReportWriter(intake.sender(), recipient, load.mix(), sample, clock.millis(), clock);
        List<SmtpSession> sessions = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(load.sessions());
        try {
            TraceFollower trace = TraceFollower.fromNow(instance.folder(ServiceKind.BRIDGE));
            for (int i = 0; i < load.sessions(); i++) {
                sessions.add(SmtpSession.open(intake));
            }
            return play(load, title, writer, sessions, threads, trace);
        } catch (IOException e) {
            throw broken(e);
        } finally {
            threads.shutdownNow();
            close(sessions);
        }
    }

    private FilingRound play(
            FilingLoad load,
            String title,
            ReportWriter writer,
            List<SmtpSession> sessions,
            ExecutorService threads,
            TraceFollower trace)
            throws IOException {
        FilingTally tally = new FilingTally(load.open());
        AtomicInteger left = new AtomicInteger(load.documents());
        double loadBefore = system.getSystemLoadAverage();
        Map<ServiceKind, ServiceUse> before = use();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        List<Future<Object>> sending = new ArrayList<>();
        for (SmtpSession session : sessions) {
            sending.add(threads.submit(send(session, writer, tally, left)));
        }
        List<FilingRound.Memory> memory = follow(load, title, tally, sending, trace);
        long used = system.getProcessCpuTime() - cpu;
        long wall = Math.max(1, System.nanoTime() - start);
        Map<ServiceKind, Duration> processor = new EnumMap<>(ServiceKind.class);
        use().forEach((kind, after) ->
                processor.put(kind, after.processor().minus(before.get(kind).processor())));
        return new FilingRound(
                loadBefore,
                tally.handedIn(),
                tally.octets(),
                tally.filed(),
                tally.repeated(),
                tally.refused(),
                tally.postponed(),
                Duration.ofNanos(Math.max(0, tally.lastFiled() - start)),
                tally.inTheDmp(),
                tally.answered(),
                (double) used / wall / system.getAvailableProcessors(),
                processor,
                memory);
    }

    private static Callable<Object> send(
            SmtpSession session, ReportWriter writer, FilingTally tally, AtomicInteger left) {
        return () -> {
            while (left.getAndDecrement() > 0) {
                tally.awaitRoom();
                BenchMessage message = writer.next();
                tally.begin(message, System.nanoTime());
                session.send(message);
                tally.accept(message, System.nanoTime());
            }
            return session;
        };
    }

    /** Reads the trace until every document has ended, or none has for so long as the load's patience. */
    private List<FilingRound.Memory> follow(
            FilingLoad load, String title, FilingTally tally, List<Future<Object>> sending, TraceFollower trace)
            throws IOException {
        List<FilingRound.Memory> memory = new ArrayList<>();
        long report = System.nanoTime() + PROGRESS.toNanos();
        long lastEnd = System.nanoTime();
        int ended = 0;
        while (tally.ended() < load.documents()
                && System.nanoTime() - lastEnd < load.patience().toNanos()) {
            pause();
            trace.news(line -> tally.hear(line, System.nanoTime()));
            for (Future<Object> session : sending) {
                if (session.isDone()) {
                    finish(session);
                }
            }
            if (tally.ended() > ended) {
                ended = tally.ended();
                lastEnd = System.nanoTime();
            }
            if (ended >= (long) load.documents() * memory.size() / MEMORY_LOOKS) {
                memory.add(memory(tally.filed()));
            }
            if (System.nanoTime() > report) {
                progress.accept(title + ": " + tally.handedIn() + " handed in, " + tally.filed() + " filed, "
                        + tally.refused() + " refused");
                report = System.nanoTime() + PROGRESS.toNanos();
            }
        }
        memory.add(memory(tally.filed()));
        return memory;
    }

    private FilingRound.Memory memory(int filed) {
        Map<ServiceKind, Long> octets = new EnumMap<>(ServiceKind.class);
        use().forEach((kind, use) -> octets.put(kind, use.resident()));
        return new FilingRound.Memory(filed, octets);
    }

    private Map<ServiceKind, ServiceUse> use() {
        Map<ServiceKind, ServiceUse> use = new EnumMap<>(ServiceKind.class);
        for (ServiceKind kind : ServiceKind.values()) {
            ServiceState state = new ServiceRunner(instance, kind).state();
            use.put(
                    kind,
                    new ServiceUse(
                            state.processorTime().orElse(Duration.ZERO),
                            state.residentBytes().orElse(0)));
        }
        return use;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.", e);
        }
    }

    private static void finish(Future<Object> session) {
        try {
            session.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandFailure refused) {
                throw refused;
            }
            throw broken(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.", e);
        }
    }

    /** What is closed has done its work: a server that has hung up meanwhile does no harm. */
    private void close(List<SmtpSession> sessions) {
        for (SmtpSession session : sessions) {
            try {
                session.close();
            } catch (IOException e) {
                progress.accept("a connection did not end in order: " + e.getMessage());
            }
        }
    }

    private static CommandFailure broken(Throwable cause) {
        return new CommandFailure(
                "The connection to the bridge broke, or its trace cannot be read (" + cause
                        + "): look at ./mssante status.",
                cause);
    }
}
