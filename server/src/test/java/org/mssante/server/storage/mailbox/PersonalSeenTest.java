package org.mssante.server.storage.mailbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.core.Username;
import org.apache.james.mailbox.FlagsBuilder;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSession.SessionType;
import org.apache.james.mailbox.MessageManager.FlagsUpdateMode;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.ByteContent;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.model.UpdatedFlags;
import org.apache.james.mailbox.store.FlagsUpdateCalculator;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.PropertyBuilder;
import org.apache.james.mailbox.store.mail.model.impl.SimpleMailboxMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

/** In a mailbox that several persons share, \Seen is each one's own; every other flag is everybody's. */
class PersonalSeenTest {
    private static final Username PRACTICE = Username.of("cabinet@demo.mssante.fr");
    private static final Username ALICE = Username.of("alice@demo.mssante.fr");
    private static final Username BOB = Username.of("bob@demo.mssante.fr");
    private static final byte[] MAIL = "Subject: x\r\n\r\ny\r\n".getBytes(US_ASCII);
    private static final long SESSION = 1;

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private MessageMapper alice;
    private MessageMapper bob;
    private MessageMapper practice;
    private Mailbox inbox;
    private Mailbox archive;

    @BeforeEach
    void open() throws MailboxException {
        JdbcMapperProvider provider = new JdbcMapperProvider(DATABASE, Clock.systemUTC());
        JdbcMailboxSessionMapperFactory mappers = provider.mappers();
        alice = mappers.createMessageMapper(session(ALICE));
        bob = mappers.createMessageMapper(session(BOB));
        practice = mappers.createMessageMapper(session(PRACTICE));
        inbox = provider.createMailboxMapper()
                .create(MailboxPath.inbox(PRACTICE), UidValidity.of(1))
                .block();
        archive = provider.createMailboxMapper()
                .create(MailboxPath.forUser(PRACTICE, "Archive"), UidValidity.of(2))
                .block();
        practice.add(inbox, message(new Flags()));
        practice.add(inbox, message(new Flags()));
    }

    @Test
    void whatOneMemberHasSeenIsUnseenForTheOthers() throws MailboxException {
        mark(alice, 1, FlagsUpdateMode.ADD, Flag.SEEN);

        assertThat(unseen(alice)).isEqualTo(1);
        assertThat(unseen(bob)).isEqualTo(2);
        assertThat(unseen(practice)).isEqualTo(2);
        assertThat(alice.findFirstUnseenMessageUid(inbox)).isEqualTo(MessageUid.of(2));
        assertThat(bob.findFirstUnseenMessageUid(inbox)).isEqualTo(MessageUid.of(1));
        assertThat(flags(alice, 1).contains(Flag.SEEN)).isTrue();
        assertThat(flags(bob, 1).contains(Flag.SEEN)).isFalse();
    }

    @Test
    void takesBackOnlyTheOwnMark() throws MailboxException {
        mark(alice, 1, FlagsUpdateMode.ADD, Flag.SEEN);
        mark(bob, 1, FlagsUpdateMode.ADD, Flag.SEEN);

        mark(alice, 1, FlagsUpdateMode.REMOVE, Flag.SEEN);

        assertThat(flags(alice, 1).contains(Flag.SEEN)).isFalse();
        assertThat(flags(bob, 1).contains(Flag.SEEN)).isTrue();
    }

    @Test
    void sharesEveryOtherFlagAndLeavesSeenAloneWhereSomebodyElseSetsOne() throws MailboxException {
        mark(alice, 1, FlagsUpdateMode.ADD, Flag.SEEN);

        mark(bob, 1, FlagsUpdateMode.ADD, Flag.ANSWERED);

        assertThat(flags(alice, 1))
                .isEqualTo(new FlagsBuilder()
                        .add(Flag.SEEN, Flag.ANSWERED, Flag.RECENT)
                        .build());
        assertThat(flags(bob, 1))
                .isEqualTo(new FlagsBuilder().add(Flag.ANSWERED, Flag.RECENT).build());
    }

    @Test
    void replacesTheFlagsOfAllAndTheSeenOfOne() throws MailboxException {
        mark(alice, 1, FlagsUpdateMode.ADD, Flag.SEEN);

        mark(bob, 1, FlagsUpdateMode.REPLACE, Flag.FLAGGED);

        assertThat(flags(alice, 1).contains(Flag.SEEN)).isTrue();
        assertThat(flags(alice, 1).contains(Flag.FLAGGED)).isTrue();
    }

    @Test
    void tellsTheSessionOfTheReaderWhatChangedForHim() throws MailboxException {
        ModSeq before = practice.getHighestModSeq(inbox);

        UpdatedFlags update = mark(alice, 1, FlagsUpdateMode.ADD, Flag.SEEN);

        assertThat(update.flagsChanged()).isTrue();
        assertThat(update.getNewFlags().contains(Flag.SEEN)).isTrue();
        assertThat(update.getModSeq()).isGreaterThan(before);
        assertThat(mark(alice, 1, FlagsUpdateMode.ADD, Flag.SEEN).flagsChanged())
                .isFalse();
    }

    @Test
    void keepsWhoHasSeenAMessageThatMoves() throws MailboxException {
        mark(alice, 1, FlagsUpdateMode.ADD, Flag.SEEN);
        MailboxMessage asBobSeesIt = messages(bob, inbox).get(0);

        MessageMetaData moved = bob.move(archive, asBobSeesIt);

        assertThat(moved.getFlags().contains(Flag.SEEN)).isFalse();
        assertThat(messages(alice, archive).get(0).isSeen()).isTrue();
        assertThat(messages(bob, archive).get(0).isSeen()).isFalse();
    }

    @Test
    void marksWhatAMemberStoresAsSeenForHimAlone() throws MailboxException {
        alice.add(inbox, message(new Flags(Flag.SEEN)));

        assertThat(flags(alice, 3).contains(Flag.SEEN)).isTrue();
        assertThat(flags(bob, 3).contains(Flag.SEEN)).isFalse();
    }

    private UpdatedFlags mark(MessageMapper reader, long uid, FlagsUpdateMode mode, Flag flag) throws MailboxException {
        return reader.updateFlags(
                        inbox, new FlagsUpdateCalculator(new Flags(flag), mode), MessageRange.one(MessageUid.of(uid)))
                .next();
    }

    private long unseen(MessageMapper reader) throws MailboxException {
        return reader.getMailboxCounters(inbox).getUnseen();
    }

    private Flags flags(MessageMapper reader, long uid) throws MailboxException {
        return reader.findInMailbox(inbox, MessageRange.one(MessageUid.of(uid)), FetchType.METADATA, 1)
                .next()
                .createFlags();
    }

    private static List<MailboxMessage> messages(MessageMapper reader, Mailbox mailbox) throws MailboxException {
        return ImmutableList.copyOf(reader.findInMailbox(mailbox, MessageRange.all(), FetchType.METADATA, -1));
    }

    private MailboxMessage message(Flags flags) {
        JdbcMessageId id = new JdbcMessageId.Factory().generate();
        flags.add(Flag.RECENT);
        return new SimpleMailboxMessage(
                id,
                ThreadId.fromBaseMessageId(id),
                Date.from(Instant.EPOCH),
                MAIL.length,
                14,
                new ByteContent(MAIL),
                flags,
                new PropertyBuilder().build(),
                inbox.getMailboxId());
    }

    private static MailboxSession session(Username person) {
        return new MailboxSession(
                MailboxSession.SessionId.of(SESSION), PRACTICE, Optional.of(person), List.of(), '.', SessionType.User);
    }
}
