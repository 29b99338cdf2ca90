package org.mssante.it.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.mssante.it.client.Letters;
import org.mssante.it.client.Mailboxes;
import org.mssante.it.client.SampleDocuments;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.mail.ComposedMail;
import org.mssante.launcher.mail.MailLogin;
import org.mssante.launcher.mail.SmtpAnswer;
import org.mssante.launcher.mail.SmtpClient;

/** Sessions that submit messages of the laboratory until they are stopped. */
public final class MailLoad {
    private static final Duration UNTIL_NEXT_TRY = Duration.ofMillis(200);

    /** A message the server answered 250 to. */
    public record Accepted(String messageId, String documentId) {}

    /** A message to send, and the document in it where it has one. */
    public record Letter(ComposedMail mail, String documentId) {}

    private final TestInstance instance;
    private final MailLogin laboratory;
    private final Supplier<Letter> letters;
    private final int enough;
    private final Map<String, Accepted> accepted = new ConcurrentHashMap<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> defects = new ConcurrentLinkedQueue<>();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final ScheduledExecutorService sessions;
    private final List<Future<?>> tasks = new ArrayList<>();

    private MailLoad(TestInstance instance, Supplier<Letter> letters, int enough, ScheduledExecutorService sessions) {
        this.instance = instance;
        this.letters = letters;
        this.enough = enough;
        this.laboratory = instance.login(Mailboxes.LABORATORY);
        this.sessions = sessions;
    }

    /**
     * Messages to the practitioner, each with a document of its own.
     *
     * @param pause of a session between two messages
     */
    public static MailLoad ofDocuments(TestInstance instance, int sessions, Duration pause) {
        byte[] template = SampleDocuments.activeReport();
        return start(instance, sessions, pause, () -> {
            byte[] document = SampleDocuments.renamed(template);
            ComposedMail mail = Letters.compose(
                    Mailboxes.LABORATORY,
                    Mailboxes.PRACTITIONER,
                    "XDM/1.0/DDM+Compte rendu",
                    SampleDocuments.bare(document));
            return new Letter(mail, SampleDocuments.idOf(document));
        });
    }

    /** Whatever the supplier makes, each to the recipients it names. */
    public static MailLoad start(TestInstance instance, int sessions, Duration pause, Supplier<Letter> letters) {
        return start(instance, sessions, pause, letters, Integer.MAX_VALUE);
    }

    /** @param enough once so many are accepted, sessions begin no other */
    public static MailLoad start(
            TestInstance instance, int sessions, Duration pause, Supplier<Letter> letters, int enough) {
        MailLoad load = new MailLoad(instance, letters, enough, Executors.newScheduledThreadPool(sessions));
        for (int session = 0; session < sessions; session++) {
            load.tasks.add(
                    load.sessions.scheduleWithFixedDelay(load::step, 0, pause.toMillis(), TimeUnit.MILLISECONDS));
        }
        return load;
    }

    /** One message; a session never ends because of one. */
    private void step() {
        try {
            if (accepted.size() < enough) {
                send();
            }
        } catch (RuntimeException | Error e) {
            defects.add(e);
        }
    }

    private void send() {
        Letter letter = letters.get();
        ComposedMail mail = letter.mail();
        try {
            SmtpAnswer answer =
                    SmtpClient.submission(instance.instance(), laboratory).send(mail, Mailboxes.LABORATORY, mail.to());
            if (answer instanceof SmtpAnswer.Accepted) {
                accepted.put(mail.id(), new Accepted(mail.id(), letter.documentId()));
            } else {
                refusals.add(answer.words());
            }
        } catch (CommandFailure e) {
            // nobody listens, or the connection broke: the client was told nothing and may send again; after a moment,
            // since
            // eight that try without a pause leave a server that starts no processor
            interrupted.incrementAndGet();
            LockSupport.parkNanos(UNTIL_NEXT_TRY.toNanos());
        }
    }

    /** Waits until some more messages have been accepted than by now. */
    public void awaitProgress(int messages) {
        int goal = accepted.size() + messages;
        Awaitility.await("the load goes on")
                .atMost(TestInstance.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> Assertions.assertThat(accepted.size())
                        .as("accepted; broken off %s, refused %s, failed %s", interrupted, refusals, defects)
                        .isGreaterThanOrEqualTo(goal));
    }

    public void stop() {
        tasks.forEach(task -> task.cancel(false));
        sessions.shutdown();
        Awaitility.await("every session has ended")
                .atMost(TestInstance.PATIENCE)
                .until(sessions::isTerminated);
    }

    public List<Accepted> accepted() {
        return List.copyOf(accepted.values());
    }

    /** The replies of the server to messages it took for nobody. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    public int interrupted() {
        return interrupted.get();
    }

    /** What should never have been thrown. */
    public Optional<Throwable> defect() {
        return Optional.ofNullable(defects.peek());
    }
}
