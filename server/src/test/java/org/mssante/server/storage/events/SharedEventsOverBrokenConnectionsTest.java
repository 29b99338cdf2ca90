package org.mssante.server.storage.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.apache.james.core.Username;
import org.apache.james.events.Event.EventId;
import org.apache.james.events.EventListener;
import org.apache.james.events.RegistrationKey;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.mailbox.MailboxSession.SessionId;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.events.MailboxEvents.FlagsUpdated;
import org.apache.james.mailbox.events.MailboxIdRegistrationKey;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestPostgres;
import org.mssante.server.storage.mailbox.JdbcMailboxId;
import org.mssante.server.storage.mailbox.JdbcMessageId;
import reactor.core.publisher.Mono;

class SharedEventsOverBrokenConnectionsTest {
    private static final Username USER = Username.of("dr.test@demo.medecin.mssante.fr");
    private static final JdbcMailboxId MAILBOX =
            new JdbcMailboxId.Factory().fromString("00000000-0000-7000-8000-000000000001");
    private static final Set<RegistrationKey> KEYS = Set.of(new MailboxIdRegistrationKey(MAILBOX));

    @RegisterExtension
    static final TestPostgres DATABASE = new TestPostgres();

    private final List<Long> heard = new CopyOnWriteArrayList<>();
    private SharedEventBus speaker;
    private SharedEventBus hearer;

    @BeforeEach
    void openNodes() {
        speaker = node();
        hearer = node();
        EventListener listener = event -> {
            if (event instanceof FlagsUpdated updated) {
                heard.add(updated.getUids().iterator().next().asLong());
            }
        };
        Mono.from(hearer.register(listener, KEYS.iterator().next())).block();
    }

    @AfterEach
    void closeNodes() {
        speaker.close();
        hearer.close();
    }

    @Test
    void hearsInOrderAndOnceWhatWasSaidWhileItsConnectionWasBroken() {
        List<Long> said = new ArrayList<>();
        for (long uid = 1; uid <= 200; uid++) {
            if (uid % 50 == 0) {
                DATABASE.breakConnections();
            }
            speaker.dispatch(flags(uid, 1), KEYS).block();
            said.add(uid);
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() >= said.size());
        assertThat(heard).isEqualTo(said);
    }

    @Test
    void hearsEventsThatNoNotificationCouldHold() {
        speaker.dispatch(flags(7, 2000), KEYS).block();

        await().atMost(Duration.ofSeconds(60)).until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly(7L);
    }

    private static FlagsUpdated flags(long firstUid, int count) {
        List<UpdatedFlags> updates = LongStream.range(firstUid, firstUid + count)
                .mapToObj(uid -> UpdatedFlags.builder()
                        .uid(MessageUid.of(uid))
                        .modSeq(ModSeq.of(uid))
                        .oldFlags(new javax.mail.Flags())
                        .newFlags(new javax.mail.Flags(javax.mail.Flags.Flag.SEEN))
                        .build())
                .toList();
        return new FlagsUpdated(SessionId.of(1), USER, MailboxPath.inbox(USER), MAILBOX, updates, EventId.random());
    }

    private static SharedEventBus node() {
        MailboxEventJson json = new MailboxEventJson(new JdbcMailboxId.Factory(), new JdbcMessageId.Factory());
        return SharedEventBus.open(
                DATABASE.database(),
                Duration.ofHours(1),
                new EventBusParts(
                        new RecordingMetricFactory(),
                        RetryBackoffConfiguration.DEFAULT,
                        new JdbcEventDeadLetters(DATABASE.database(), json),
                        json));
    }
}
