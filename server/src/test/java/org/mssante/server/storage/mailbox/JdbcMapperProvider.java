package org.mssante.server.storage.mailbox;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.UidValidity;
import org.apache.james.mailbox.store.mail.AttachmentMapper;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.MessageIdMapper;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.model.MapperProvider;
import org.mssante.server.storage.TestDatabase;

/** Our mappers for James' contract tests. */
class JdbcMapperProvider implements MapperProvider {
    private static final MailboxSession SESSION = MailboxSessionUtil.create(Username.of("session"));

    private final JdbcMailboxSessionMapperFactory mappers;

    JdbcMapperProvider(TestDatabase database, Clock clock) {
        this.mappers = new JdbcMailboxSessionMapperFactory(database.database(), database.bodies(), clock);
    }

    JdbcMailboxSessionMapperFactory mappers() {
        return mappers;
    }

    @Override
    public List<Capabilities> getSupportedCapabilities() {
        return List.of(Capabilities.values());
    }

    @Override
    public MailboxMapper createMailboxMapper() {
        return mappers.createMailboxMapper(SESSION);
    }

    @Override
    public MessageMapper createMessageMapper() {
        return mappers.createMessageMapper(SESSION);
    }

    @Override
    public MessageIdMapper createMessageIdMapper() {
        return mappers.createMessageIdMapper(SESSION);
    }

    @Override
    public AttachmentMapper createAttachmentMapper() {
        return mappers.createAttachmentMapper(SESSION);
    }

    @Override
    public MailboxId generateId() {
        return JdbcMailboxId.next();
    }

    @Override
    public MessageUid generateMessageUid() {
        return MessageUid.of(ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE));
    }

    /** Of a mailbox that was never created: any will do. */
    @Override
    public ModSeq generateModSeq(Mailbox mailbox) throws MailboxException {
        return createMailboxMapper()
                        .findMailboxById(mailbox.getMailboxId())
                        .onErrorComplete()
                        .hasElement()
                        .block()
                ? mappers.getModSeqProvider().nextModSeq(mailbox)
                : ModSeq.first();
    }

    @Override
    public ModSeq highestModSeq(Mailbox mailbox) throws MailboxException {
        return mappers.getModSeqProvider().highestModSeq(mailbox);
    }

    @Override
    public boolean supportPartialAttachmentFetch() {
        return true;
    }

    @Override
    public MessageId generateMessageId() {
        return new JdbcMessageId.Factory().generate();
    }

    /** The id of a mailbox that exists. */
    MailboxId createMailbox() {
        MailboxPath path =
                MailboxPath.forUser(Username.of("owner"), JdbcMailboxId.next().serialize());
        return createMailboxMapper().create(path, UidValidity.of(1)).block().getMailboxId();
    }
}
