package org.mssante.server.storage.mailbox;

import java.time.Clock;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.store.MailboxSessionMapperFactory;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.apache.james.mailbox.store.mail.AttachmentMapper;
import org.apache.james.mailbox.store.mail.AttachmentMapperFactory;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.MessageIdMapper;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.apache.james.mailbox.store.mail.UidProvider;
import org.apache.james.mailbox.store.user.SubscriptionMapper;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.sql.Database;

/**
 * The mappers over one database. They hold no state of a session, so every session shares them, but for those of messages
 * and annotations, which know for whom they read.
 */
public final class JdbcMailboxSessionMapperFactory extends MailboxSessionMapperFactory
        implements AttachmentMapperFactory {
    private final MailboxDatabase mailboxDatabase;
    private final MessageRows rows;
    private final MailboxWrites writes;
    private final JdbcMailboxMapper mailboxes;
    private final JdbcMessageIdMapper messagesById;
    private final JdbcAttachmentMapper attachments;
    private final Database database;
    private final JdbcSubscriptionMapper subscriptions;
    private final MailboxSequences sequences;
    private final MessageTable messageTable;

    public JdbcMailboxSessionMapperFactory(Database database, BodyTable bodies, Clock clock) {
        this.mailboxDatabase = new MailboxDatabase(database);
        this.messageTable = new MessageTable(bodies, clock);
        this.rows = new MessageRows(new MessageBytes(database, bodies));
        this.writes = new MailboxWrites(mailboxDatabase, messageTable, rows, clock);
        this.sequences = new MailboxSequences(mailboxDatabase);
        this.mailboxes = new JdbcMailboxMapper(database);
        this.messagesById = new JdbcMessageIdMapper(database, rows, writes);
        this.attachments = new JdbcAttachmentMapper(database, bodies);
        this.database = database;
        this.subscriptions = new JdbcSubscriptionMapper(database);
    }

    MessageTable messageTable() {
        return messageTable;
    }

    @Override
    public MailboxMapper createMailboxMapper(MailboxSession session) {
        return mailboxes;
    }

    @Override
    public MessageMapper createMessageMapper(MailboxSession session) {
        return new JdbcMessageMapper(mailboxDatabase, Reader.of(session), rows, writes, sequences);
    }

    @Override
    public MessageIdMapper createMessageIdMapper(MailboxSession session) {
        return messagesById;
    }

    @Override
    public AttachmentMapper createAttachmentMapper(MailboxSession session) {
        return attachments;
    }

    @Override
    public AttachmentMapper getAttachmentMapper(MailboxSession session) {
        return attachments;
    }

    @Override
    public AnnotationMapper createAnnotationMapper(MailboxSession session) {
        return new JdbcAnnotationMapper(database, Reader.of(session));
    }

    @Override
    public SubscriptionMapper createSubscriptionMapper(MailboxSession session) {
        return subscriptions;
    }

    @Override
    public UidProvider getUidProvider() {
        return sequences;
    }

    @Override
    public ModSeqProvider getModSeqProvider() {
        return sequences;
    }
}
