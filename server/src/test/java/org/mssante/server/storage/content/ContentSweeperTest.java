package org.mssante.server.storage.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.queue.api.Mails;
import org.apache.james.utils.UpdatableTickingClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.repository.JdbcMailRepository;

class ContentSweeperTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration GRACE = Duration.ofHours(1);
    /** Of several slices, the last of them short. */
    private static final int LARGE = 3_500_001;

    private final UpdatableTickingClock clock = new UpdatableTickingClock(START);

    @Test
    void storesABodyOnceForMailsWhoseHeadersDiffer() throws Exception {
        BodyTable bodies = bodies(clock);

        long first = store(bodies, "To: a\r\n\r\nthe same body");
        long second = store(bodies, "To: b\r\n\r\nthe same body");

        assertThat(second).isEqualTo(first);
        assertThat(bodies.open("To: b\r\n\r\n".getBytes(US_ASCII), second)).hasContent("To: b\r\n\r\nthe same body");
    }

    @Test
    void givesBackABodyOfManyChunksByteForByte() throws Exception {
        byte[] bytes = new byte[1_000_003];
        new Random(1).nextBytes(bytes);
        BodyTable bodies = bodies(clock);
        long id;
        try (SpooledContent content = SpooledContent.ofBytes(new ByteArrayInputStream(bytes))) {
            id = DATABASE.database().transaction(connection -> bodies.store(connection, content));
        }
        try (InputStream stored = bodies.open(id)) {
            assertThat(stored.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void deletesABodyNobodyRefersToOnceTheGraceIsOver() throws Exception {
        BodyTable bodies = bodies(clock);
        store(bodies, "To: a\r\n\r\nan orphan");

        sweeper(bodies).sweep();
        assertThat(count()).isEqualTo(1);

        clock.setInstant(START.plus(GRACE).plusSeconds(1));
        sweeper(bodies).sweep();
        assertThat(count()).isZero();
    }

    @Test
    void keepsABodyARepositoryRefersTo() throws Exception {
        BodyTable bodies = bodies(clock);
        JdbcMailRepository repository =
                new JdbcMailRepository("quarantine", DATABASE.database(), new StoredMails(bodies));
        MailKey key = repository.store(Mails.defaultMail().name("mail").build());

        clock.setInstant(START.plus(GRACE.multipliedBy(10)));
        sweeper(bodies).sweep();

        assertThat(repository.retrieve(key).getMessage().getInputStream()).isNotEmpty();
    }

    @Test
    void findsALargeBodyThatWasStoredAheadOfTheTransactionThatRefersToIt() throws Exception {
        BodyTable bodies = bodies(clock);
        try (SpooledContent content = large()) {
            bodies.storeAhead(content);
            bodies.storeAhead(content);
            assertThat(count()).isEqualTo(1);

            long id = DATABASE.database().transaction(connection -> bodies.store(connection, content));
            assertThat(count()).isEqualTo(1);
            try (InputStream stored = bodies.open(id);
                    InputStream original = content.openBody()) {
                assertThat(stored).hasSameContentAs(original);
            }
        }
    }

    @Test
    void neverFindsABodyOfWhichOnlyAPartWasStored() throws Exception {
        BodyTable bodies = bodies(clock);
        SpooledContent broken = large();
        broken.close();
        assertThatThrownBy(() -> bodies.storeAhead(broken)).isInstanceOf(UncheckedIOException.class);
        assertThat(count()).isEqualTo(1);

        try (SpooledContent content = large()) {
            long id = DATABASE.database().transaction(connection -> bodies.store(connection, content));
            try (InputStream stored = bodies.open(id);
                    InputStream original = content.openBody()) {
                assertThat(stored).hasSameContentAs(original);
            }
        }
    }

    @Test
    void deletesALargeBodyAndWhatIsLeftOfOne() throws Exception {
        BodyTable bodies = bodies(clock);
        SpooledContent broken = large();
        broken.close();
        assertThatThrownBy(() -> bodies.storeAhead(broken)).isInstanceOf(UncheckedIOException.class);
        try (SpooledContent content = large()) {
            bodies.storeAhead(content);
        }

        clock.setInstant(START.plus(GRACE).plusSeconds(1));
        sweeper(bodies).sweep();

        assertThat(count()).isZero();
    }

    @Test
    void keepsALargeBodyThatIsReferredTo() throws Exception {
        BodyTable bodies = bodies(clock);
        JdbcMailRepository repository =
                new JdbcMailRepository("quarantine", DATABASE.database(), new StoredMails(bodies));
        MimeMessage message =
                new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(largeMail()));
        MailKey key = repository.store(
                Mails.defaultMail().name("mail").mimeMessage(message).build());

        clock.setInstant(START.plus(GRACE.multipliedBy(10)));
        sweeper(bodies).sweep();

        try (InputStream stored = repository.retrieve(key).getMessage().getInputStream()) {
            assertThat(stored.readAllBytes()).hasSizeGreaterThan(LARGE);
        }
    }

    private static SpooledContent large() throws IOException {
        byte[] bytes = new byte[LARGE];
        new Random(2).nextBytes(bytes);
        return SpooledContent.ofBytes(new ByteArrayInputStream(bytes));
    }

    private static byte[] largeMail() {
        return ("To: a\r\n\r\n" + "a line\r\n".repeat(LARGE / 8 + 1)).getBytes(US_ASCII);
    }

    private static BodyTable bodies(Clock clock) {
        return new BodyTable(DATABASE.database(), clock, GRACE);
    }

    private ContentSweeper sweeper(BodyTable bodies) {
        return new ContentSweeper(DATABASE.database(), bodies, clock, GRACE);
    }

    private static long store(BodyTable bodies, String mail) throws IOException {
        try (SpooledContent content = SpooledContent.ofMail(new ByteArrayInputStream(mail.getBytes(US_ASCII)))) {
            return DATABASE.database().transaction(connection -> bodies.store(connection, content));
        }
    }

    private static long count() {
        return DATABASE.database().read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM body")) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
