package org.mssante.launcher.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.mssante.launcher.CommandFailure;

/**
 * Plays one round of load at one server: opens all connections, hands in for a time, waits until everything is visible.
 * A refusal or a broken connection ends the round as a {@link CommandFailure}: numbers of half a load would mislead.
 */
final class RoundRunner {
    /** How often an inbox is asked for news: small beside what is measured, dear enough to be the same for every server. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final Duration PROGRESS = Duration.ofSeconds(2);

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Clock clock;
    private final Consumer<String> progress;

    /** @param progress hears every few seconds how far it is */
    RoundRunner(Clock clock, Consumer<String> progress) {
        this.clock = clock;
        this.progress = progress;
    }

    /** @param title names the round in progress lines */
    Round run(Target target, Load load, String title) {
        List<ImapSession> inboxes = new ArrayList<>();
        List<SmtpSession> senders = new ArrayList<>();
        try {
            for (Account recipient : target.recipients()) {
                inboxes.add(ImapSession.open(target, recipient));
            }
            for (int i = 0; i < load.sessions(); i++) {
                senders.add(SmtpSession.open(target.door()));
            }
            return run(target, load, title, inboxes, senders);
        } catch (IOException e) {
            throw broken(target, e);
        } finally {
            close(senders);
            close(inboxes);
        }
    }

    private Round run(Target target, Load load, String title, List<ImapSession> inboxes, List<SmtpSession> senders) {
        long held = inboxes.stream().mapToLong(ImapSession::exists).sum();
        double loadBefore = system.getSystemLoadAverage();
        String run = Long.toString(clock.millis(), Character.MAX_RADIX);
        Letterbox letters =
                new Letterbox(target.sender(), target.recipients(), load.octets(), load.recipients(), run, clock);
        Tally tally = new Tally();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(inboxes.size() + senders.size());
        try {
            long cpu = system.getProcessCpuTime();
            long start = System.nanoTime();
            long end = start + load.sending().toNanos();
            List<Future<Object>> watching = new ArrayList<>();
            for (int i = 0; i < inboxes.size(); i++) {
                watching.add(
                        threads.submit(watch(inboxes.get(i), target.recipients().get(i), tally, over)));
            }
            List<Future<Object>> sending = new ArrayList<>();
            for (SmtpSession sender : senders) {
                sending.add(threads.submit(send(sender, letters, tally, end)));
            }
            await(target, sending, tally, title);
            awaitVisible(target, watching, tally, load.patience(), title);
            over.set(true);
            for (Future<Object> watch : watching) {
                finish(target, watch);
            }
            long used = system.getProcessCpuTime() - cpu;
            long wall = Math.max(1, System.nanoTime() - start);
            return new Round(
                    target.name(),
                    loadBefore,
                    held,
                    tally.accepted(),
                    Duration.ofNanos(Math.max(0, tally.lastAccepted() - start)),
                    tally.expected(),
                    tally.expected() - tally.seen(),
                    tally.repeated(),
                    Duration.ofNanos(Math.max(0, tally.lastSeen() - start)),
                    tally.visible(),
                    tally.answered(),
                    (double) used / wall / system.getAvailableProcessors());
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private static Callable<Object> send(SmtpSession session, Letterbox letters, Tally tally, long end) {
        return () -> {
            while (System.nanoTime() < end) {
                BenchMessage message = letters.next();
                tally.begin(message, System.nanoTime());
                session.send(message);
                tally.accept(message, System.nanoTime());
            }
            return session;
        };
    }

    private static Callable<Object> watch(ImapSession inbox, Account recipient, Tally tally, AtomicBoolean over) {
        return () -> {
            while (!over.get()) {
                inbox.news(id -> tally.see(id, recipient, System.nanoTime()));
                Thread.sleep(LOOK.toMillis());
            }
            return inbox;
        };
    }

    private void await(Target target, List<Future<Object>> sending, Tally tally, String title) {
        long next = System.nanoTime() + PROGRESS.toNanos();
        while (!sending.stream().allMatch(Future::isDone)) {
            pause();
            next = report(next, tally, title);
        }
        for (Future<Object> session : sending) {
            finish(target, session);
        }
    }

    private void awaitVisible(
            Target target, List<Future<Object>> watching, Tally tally, Duration patience, String title) {
        long end = System.nanoTime() + patience.toNanos();
        long next = System.nanoTime() + PROGRESS.toNanos();
        while (tally.seen() < tally.expected() && System.nanoTime() < end) {
            for (Future<Object> watch : watching) {
                if (watch.isDone()) {
                    finish(target, watch);
                }
            }
            pause();
            next = report(next, tally, title);
        }
    }

    private long report(long next, Tally tally, String title) {
        if (System.nanoTime() < next) {
            return next;
        }
        progress.accept(title + ": " + tally.accepted() + " accepted, " + tally.seen() + " of " + tally.expected()
                + " copies visible");
        return next + PROGRESS.toNanos();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.", e);
        }
    }

    private static void finish(Target target, Future<Object> work) {
        try {
            work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandFailure refused) {
                throw refused;
            }
            throw broken(target, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.", e);
        }
    }

    private static CommandFailure broken(Target target, Throwable cause) {
        return new CommandFailure(
                "The connection to " + target.name() + " broke (" + cause + "): look at the log of that server.",
                cause);
    }

    /** What is closed has done its work: a server that has hung up meanwhile does no harm. */
    private void close(List<? extends AutoCloseable> connections) {
        for (AutoCloseable connection : connections) {
            try {
                connection.close();
            } catch (Exception e) { // all that AutoCloseable declares
                progress.accept("a connection did not end in order: " + e.getMessage());
            }
        }
    }
}
