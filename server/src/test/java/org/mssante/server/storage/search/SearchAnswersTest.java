package org.mssante.server.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.MessageManager.AppendCommand;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.AddressType;
import org.apache.james.mailbox.model.SearchQuery.Conjunction;
import org.apache.james.mailbox.model.SearchQuery.ConjunctionCriterion;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.mailbox.TestManagers;
import reactor.core.publisher.Flux;

/** The same answers from columns, from columns and read text, and from messages that no column knows. */
class SearchAnswersTest {
    private static final MailboxPath INBOX = MailboxPath.inbox(Username.of("dr.test@demo.medecin.mssante.fr"));

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private MailboxManager manager;
    private MailboxSession session;
    private MessageManager inbox;

    enum Known {
        ALL,
        HEADERS,
        NOTHING
    }

    @BeforeEach
    void createInbox() throws MailboxException {
        manager = new TestManagers(DATABASE, Clock.systemUTC(), PreDeletionHooks.NO_PRE_DELETION_HOOK).manager();
        session = manager.createSystemSession(INBOX.getUser());
        manager.createMailbox(INBOX, session);
        inbox = manager.getMailbox(INBOX, session);
    }

    @ParameterizedTest
    @EnumSource
    void decodesWordsOfHeaders(Known known) throws MailboxException {
        append("""
                Subject: =?iso-8859-1?Q?R=E9sultats_d=27h=E9mo?=
                 =?utf-8?B?Z3JhbW1l?=
                From: =?utf-8?Q?Fran=C3=A7ois?= <f.martin@x.mssante.fr>

                """);
        append("Subject: Autre chose\r\nFrom: \"Martin, Luc\" <luc@y.mssante.fr>\r\n\r\n");
        prepare(known);

        assertThat(search(SearchQuery.subject("résultats d'HÉMOGRAMME"))).containsExactly(1L);
        assertThat(search(SearchQuery.address(AddressType.From, "françois"))).containsExactly(1L);
        assertThat(search(SearchQuery.address(AddressType.From, "MARTIN"))).containsExactly(1L, 2L);
        assertThat(search(SearchQuery.address(AddressType.From, "luc@Y"))).containsExactly(2L);
        assertThat(search(SearchQuery.mailContains("hémogramme"))).containsExactly(1L);
        assertThat(search(SearchQuery.bodyContains("hémogramme"))).isEmpty();
        assertThat(search(SearchQuery.not(SearchQuery.subject("hémogramme")))).containsExactly(2L);
    }

    @ParameterizedTest
    @EnumSource
    void decodesBodiesOfEveryTransferEncodingAndCharset(Known known) throws MailboxException {
        append("""
                Content-Type: text/plain; charset=iso-8859-15
                Content-Transfer-Encoding: quoted-printable

                gl=E9dem coupe ici=
                 et l=E0
                """);
        append("""
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: base64

                R2x5Y8OpbWllIMOgIGpldW4=
                """);
        append("""
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=none

                un
                --b
                Content-Type: message/rfc822

                Subject: dedans

                fond
                --b
                Content-Type: application/pdf

                invisible
                --b--
                """);
        prepare(known);

        assertThat(search(SearchQuery.bodyContains("GLÉDEM coupe ici et là"))).containsExactly(1L);
        assertThat(search(SearchQuery.bodyContains("glycémie à jeun"))).containsExactly(2L);
        assertThat(search(SearchQuery.bodyContains("glyce\u0301mie")))
                .as("accents apart")
                .containsExactly(2L);
        assertThat(search(SearchQuery.bodyContains("FOND"))).containsExactly(3L);
        assertThat(search(SearchQuery.mailContains("dedans"))).containsExactly(3L);
        assertThat(search(SearchQuery.bodyContains("invisible"))).isEmpty();
        assertThat(search(SearchQuery.bodyContains("un\r\nfond")))
                .as("two bodies")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void findsWordsWhereverTheyStandInABody(Known known) throws MailboxException {
        append("Subject: a\r\n\r\nà la toute fin");
        append("Subject: b\r\n\r\naaab 100%_sûr!\r\n");
        append("Subject: c\r\n\r\n" + "x".repeat(8_190) + "frontière" + "y".repeat(20_000));
        prepare(known);

        assertThat(search(SearchQuery.bodyContains("FIN"))).containsExactly(1L);
        assertThat(search(SearchQuery.bodyContains("aab"))).containsExactly(2L);
        assertThat(search(SearchQuery.bodyContains("100%_sûr!"))).containsExactly(2L);
        assertThat(search(SearchQuery.bodyContains("%"))).containsExactly(2L);
        assertThat(search(SearchQuery.bodyContains("frontière"))).containsExactly(3L);
        assertThat(search(SearchQuery.bodyContains(""))).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @EnumSource
    void joinsCriteria(Known known) throws MailboxException {
        append("Subject: un\r\nMessage-ID: <1@x>\r\nX-Note: oui\r\n\r\nalpha\r\n");
        append("Subject: deux\r\nIn-Reply-To: <1@x>\r\nReferences: <0@x> <1@x>\r\n\r\nbeta\r\n");
        append("Subject: trois\r\nX-Note: non\r\nCc: c@x\r\n\r\nalpha beta\r\n");
        prepare(known);
        Criterion alpha = SearchQuery.bodyContains("alpha");
        Criterion beta = SearchQuery.bodyContains("beta");

        assertThat(search(alpha, beta)).containsExactly(3L);
        assertThat(search(SearchQuery.or(alpha, beta))).containsExactly(1L, 2L, 3L);
        assertThat(search(SearchQuery.or(SearchQuery.subject("deux"), SearchQuery.headerContains("X-Note", "OUI"))))
                .containsExactly(1L, 2L);
        assertThat(search(SearchQuery.not(SearchQuery.or(alpha, SearchQuery.subject("un")))))
                .containsExactly(2L);
        assertThat(search(alpha, SearchQuery.not(SearchQuery.headerExists("X-Note"))))
                .isEmpty();
        assertThat(search(SearchQuery.headerContains("In-Reply-To", "1@X"))).containsExactly(2L);
        assertThat(search(SearchQuery.headerContains("References", "<0@x>"))).containsExactly(2L);
        assertThat(search(SearchQuery.headerContains("Message-ID", ""))).containsExactly(1L);
        assertThat(search(SearchQuery.address(AddressType.Cc, "c@x"))).containsExactly(3L);
    }

    @ParameterizedTest
    @EnumSource
    void takesTheDayThatTheAuthorWrote(Known known) throws Exception {
        append("Date: Tue, 1 Dec 2026 00:30:00 +0200\r\n\r\n");
        append("Date: Mon, 30 Nov 2026 23:30:00 -0500\r\n\r\n");
        append("Date: pas une date\r\n\r\n");
        append("Subject: sans date\r\n\r\n");
        prepare(known);
        java.util.Date first = java.util.Date.from(java.time.Instant.parse("2026-12-01T00:00:00Z"));

        assertThat(search(SearchQuery.headerDateOn("Date", first, DateResolution.Day)))
                .containsExactly(1L);
        assertThat(search(SearchQuery.headerDateBefore("Date", first, DateResolution.Day)))
                .containsExactly(2L);
        assertThat(search(SearchQuery.not(SearchQuery.headerDateOn("Date", first, DateResolution.Day))))
                .containsExactly(2L, 3L, 4L);
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatIsTooLongForItsColumn(Known known) throws MailboxException {
        append("Subject: long\r\n\r\n" + "ligne\r\n".repeat(1_000) + "la fin\r\n");
        prepare(known, 500);

        assertThat(search(SearchQuery.bodyContains("LA FIN"))).containsExactly(1L);
        assertThat(search(SearchQuery.bodyContains("absent"))).isEmpty();
    }

    /** Deeper than columns are asked for, and shallower: the work grows with the question, not with its power. */
    @ParameterizedTest
    @ValueSource(ints = {8, 15, 16, 17, 66, 200})
    void looksAtEachConditionOfANestedQuestionOnceForEachMessage(int levels) throws MailboxException {
        int messages = 3;
        for (int i = 0; i < messages; i++) {
            append("Subject: " + i + "\r\n\r\n");
        }
        AtomicInteger looks = new AtomicInteger();
        Criterion answered = SearchQuery.flagIsSet(Flags.Flag.ANSWERED);
        Criterion nested = answered;
        for (int level = 0; level < levels; level++) {
            Criterion flagged =
                    new Counted(Conjunction.NOR, List.of(SearchQuery.flagIsUnSet(Flags.Flag.FLAGGED)), looks);
            nested = new Counted(Conjunction.NOR, List.of(flagged, nested), looks);
        }

        assertThat(search(nested)).hasSize(levels % 2 == 0 ? 0 : messages);
        assertThat(looks.get()).isLessThanOrEqualTo(2 * levels * (messages + 1));
    }

    /** Counts how often somebody looks into it. */
    private static final class Counted extends ConjunctionCriterion {
        private final AtomicInteger looks;

        Counted(Conjunction type, List<Criterion> criteria, AtomicInteger looks) {
            super(type, criteria);
            this.looks = looks;
        }

        @Override
        public List<Criterion> getCriteria() {
            looks.incrementAndGet();
            return super.getCriteria();
        }
    }

    private void append(String message) throws MailboxException {
        String lines = message.replace("\r\n", "\n").replace("\n", "\r\n");
        inbox.appendMessage(AppendCommand.builder().build(lines.getBytes(StandardCharsets.UTF_8)), session);
    }

    @Test
    void aMessageWhoseTextCannotBeReadHoldsUpNoOther() throws MailboxException {
        append("Subject: un\r\n\r\npremier\r\n");
        append("Subject: deux\r\n\r\nsecond\r\n");
        DATABASE.database().transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(
                        "DELETE FROM body_chunk WHERE body_id = (SELECT MIN(body_id) FROM message)");
            }
        });
        prepare(Known.ALL);

        assertThat(DATABASE.database()
                        .<List<UUID>, RuntimeException>read(connection -> SearchTable.pending(connection, 10)))
                .isEmpty();
    }

    private void prepare(Known known) {
        prepare(known, 250_000);
    }

    private void prepare(Known known, int limit) {
        if (known == Known.ALL) {
            new TextIndexer(DATABASE.database(), DATABASE.bodies(), limit).index();
        } else if (known == Known.NOTHING) {
            DATABASE.database().transaction(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM message_search");
                }
            });
        }
    }

    private List<Long> search(Criterion... criteria) throws MailboxException {
        SearchQuery query = SearchQuery.of(criteria);
        return Flux.from(inbox.search(query, session))
                .map(MessageUid::asLong)
                .collectList()
                .block();
    }
}
