package org.mssante.server.storage.mailbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.PropertyBuilder;
import org.apache.james.mailbox.store.mail.model.impl.SimpleMailboxMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

/** Colleagues tidy up the same shared inbox. */
class TwoMoversTest {
    private static final Username PRACTICE = Username.of("cabinet@demo.mssante.fr");
    private static final byte[] MAIL = "Subject: x\r\n\r\ny\r\n".getBytes(US_ASCII);

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final JdbcMapperProvider provider = new JdbcMapperProvider(DATABASE, Clock.systemUTC());

    @Test
    void messageThatTwoHaveReadAndMoveIsMovedOnce() throws MailboxException {
        Mailbox inbox = create("INBOX");
        Mailbox archive = create("Archives");
        MessageMapper one = provider.createMessageMapper();
        MessageMapper other = provider.createMessageMapper();
        one.add(inbox, message(inbox));
        List<MailboxMessage> readByOne = all(one, inbox);
        List<MailboxMessage> readByOther = all(other, inbox);

        assertThat(one.move(archive, readByOne)).hasSize(1);
        assertThat(other.move(archive, readByOther)).isEmpty();

        assertThat(all(one, archive)).hasSize(1);
        assertThat(all(one, inbox)).isEmpty();
        assertThat(one.getMailboxCounters(archive).getCount()).isEqualTo(1);
    }

    private Mailbox create(String name) {
        return provider.createMailboxMapper()
                .create(MailboxPath.forUser(PRACTICE, name), UidValidity.of(1))
                .block();
    }

    private static List<MailboxMessage> all(MessageMapper mapper, Mailbox mailbox) throws MailboxException {
        Iterator<MailboxMessage> found = mapper.findInMailbox(mailbox, MessageRange.all(), FetchType.FULL, -1);
        List<MailboxMessage> messages = new ArrayList<>();
        found.forEachRemaining(messages::add);
        return messages;
    }

    private static MailboxMessage message(Mailbox mailbox) {
        JdbcMessageId id = new JdbcMessageId.Factory().generate();
        return new SimpleMailboxMessage(
                id,
                ThreadId.fromBaseMessageId(id),
                Date.from(Instant.EPOCH),
                MAIL.length,
                14,
                new ByteContent(MAIL),
                new Flags(),
                new PropertyBuilder().build(),
                mailbox.getMailboxId());
    }
}
