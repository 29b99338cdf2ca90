package org.mssante.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.server.RunningServer.COLLEAGUE;
import static org.mssante.server.RunningServer.DOCTOR;
import static org.mssante.server.RunningServer.ELSEWHERE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.annuaire.api.Professional;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.outcome.Outcome;

/**
 * What James 3.8.1 makes of hooks that throw or that take long (JAMES-4023), made harmless: each port has threads enough
 * ({@code smtp.threads}) that connections which wait for the directory, as long as it may take, hold up no others until all of
 * them wait.
 */
@Timeout(120)
class HookDefenceTest {
    private static final MailAddress DEFECT = MailAddress.parse(COLLEAGUE);

    /** More than the threads Netty would have by itself on a small machine, fewer than smtp.threads. */
    private static final int WAITING = 24;

    private final CountDownLatch answer = new CountDownLatch(1);
    private volatile Runnable atDefect = () -> {};
    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path runDir) throws IOException {
        server = RunningServer.start(runDir, Map.of(), Between::new);
    }

    @AfterEach
    void stop() {
        answer.countDown();
        server.close();
    }

    @Test
    void aHookThatThrowsAsksForPatienceAndTheConnectionGoesOn() throws IOException {
        atDefect = () -> {
            throw new IllegalStateException("a defect");
        };
        try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
            assertThat(smtp.command("MAIL FROM:<" + ELSEWHERE + ">")).startsWith("250 ");
            assertThat(smtp.command("RCPT TO:<" + COLLEAGUE + ">")).startsWith("451 4.3.0 MSS-M21 ");
            assertThat(smtp.command("RCPT TO:<" + DOCTOR + ">")).startsWith("250 ");
        }
        assertThat(server.trace("COMMAND_REFUSED"))
                .singleElement()
                .satisfies(line -> assertThat(line.outcome()).contains(Outcome.SERVER_ERROR));
    }

    @Test
    void connectionsThatWaitForTheDirectoryKeepNoOtherWaiting() throws IOException {
        atDefect = this::await;
        List<SmtpConversation> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < WAITING; i++) {
                SmtpConversation smtp = server.mx("operator-b").startTls();
                waiting.add(smtp);
                smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
                smtp.send("RCPT TO:<" + COLLEAGUE + ">");
            }
            try (SmtpConversation smtp = server.mx("operator-b").startTls()) {
                smtp.command("MAIL FROM:<" + ELSEWHERE + ">");
                assertThat(smtp.command("RCPT TO:<" + DOCTOR + ">")).startsWith("250 ");
            }
            answer.countDown();
            for (SmtpConversation smtp : waiting) {
                assertThat(smtp.reply()).startsWith("250 ");
            }
        } finally {
            for (SmtpConversation smtp : waiting) {
                smtp.close();
            }
        }
    }

    private void await() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers like the directory behind it, but for one mailbox. */
    private final class Between implements Directory {
        private final Directory behind;

        Between(Directory behind) {
            this.behind = behind;
        }

        @Override
        public Lookup<Mailbox> mailbox(MailAddress address) {
            if (address.equals(DEFECT)) {
                atDefect.run();
            }
            return behind.mailbox(address);
        }

        @Override
        public Lookup<List<Mailbox>> mailboxesOfCertificate(String subject) {
            return behind.mailboxesOfCertificate(subject);
        }

        @Override
        public Lookup<List<Mailbox>> mailboxesOfHolder(Rpps holder) {
            return behind.mailboxesOfHolder(holder);
        }

        @Override
        public PasswordVerdict checkPassword(MailAddress person, String password) {
            return behind.checkPassword(person, password);
        }

        @Override
        public Lookup<Professional> professional(Rpps rpps) {
            return behind.professional(rpps);
        }
    }
}
