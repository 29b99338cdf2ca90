package org.mssante.server.storage.mailbox;

import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.mail.Flags;
import javax.mail.Flags.Flag;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.ComposedMessageId;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageAttachmentMetadata;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.ThreadId;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.apache.james.mailbox.store.mail.model.impl.Properties;

/**
 * A message as a mailbox holds it. The row's small values are here; header and body are read from the database when asked
 * for. As James wants it the place in the mailbox (UID, modification sequence, flags, save date) can be changed; the rest
 * cannot. Not thread-safe.
 */
final class StoredMessage implements MailboxMessage {

    /**
     * What does not depend on the mailbox.
     *
     * @param bodyStart index of the first octet of the body in the whole message
     * @param properties JSON, read when asked for
     * @param prefix empty: not fetched with the row
     */
    record Envelope(
            UUID messageId,
            UUID threadId,
            Instant internalDate,
            long octets,
            int bodyStart,
            Optional<Long> textLines,
            String properties,
            Optional<byte[]> prefix,
            long bodyId,
            List<MessageAttachmentMetadata> attachments) {

        Envelope with(List<MessageAttachmentMetadata> attachments) {
            return new Envelope(
                    messageId,
                    threadId,
                    internalDate,
                    octets,
                    bodyStart,
                    textLines,
                    properties,
                    prefix,
                    bodyId,
                    attachments);
        }
    }

    private final Envelope envelope;
    private final MailboxId mailboxId;
    private final MessageBytes bytes;
    private MessageUid uid;
    private ModSeq modSeq;
    private Flags flags;
    private Optional<Instant> saveDate;

    StoredMessage(
            Envelope envelope,
            MailboxId mailboxId,
            MessageUid uid,
            ModSeq modSeq,
            Flags flags,
            Optional<Instant> saveDate,
            MessageBytes bytes) {
        this.envelope = envelope;
        this.mailboxId = mailboxId;
        this.bytes = bytes;
        this.uid = uid;
        this.modSeq = modSeq;
        this.flags = new Flags(flags);
        this.saveDate = saveDate;
    }

    /** A light copy: it shares the stored content. */
    @Override
    public MailboxMessage copy(Mailbox mailbox) {
        return new StoredMessage(envelope, mailbox.getMailboxId(), uid, modSeq, flags, saveDate, bytes);
    }

    @Override
    public InputStream getFullContent() {
        byte[] prefix = envelope.prefix().orElseGet(() -> bytes.prefix(envelope.messageId()));
        return bytes.open(prefix, envelope.bodyId());
    }

    @Override
    public InputStream getHeaderContent() {
        return ByteStreams.limit(getFullContent(), envelope.bodyStart());
    }

    @Override
    public InputStream getBodyContent() throws IOException {
        InputStream content = getFullContent();
        ByteStreams.skipFully(content, envelope.bodyStart());
        return content;
    }

    @Override
    public long getFullContentOctets() {
        return envelope.octets();
    }

    @Override
    public long getHeaderOctets() {
        return envelope.bodyStart();
    }

    @Override
    public long getBodyOctets() {
        return envelope.octets() - envelope.bodyStart();
    }

    @Override
    public Long getTextualLineCount() {
        return envelope.textLines().orElse(null);
    }

    @Override
    public Properties getProperties() {
        return new Properties(MessageProperties.read(envelope.properties()), getTextualLineCount());
    }

    @Override
    public String getMediaType() {
        return getProperties().getMediaType();
    }

    @Override
    public String getSubType() {
        return getProperties().getSubType();
    }

    @Override
    public List<MessageAttachmentMetadata> getAttachments() {
        return envelope.attachments();
    }

    @Override
    public Date getInternalDate() {
        return Date.from(envelope.internalDate());
    }

    @Override
    public MessageId getMessageId() {
        return new JdbcMessageId(envelope.messageId());
    }

    @Override
    public ThreadId getThreadId() {
        return ThreadId.fromBaseMessageId(new JdbcMessageId(envelope.threadId()));
    }

    @Override
    public ComposedMessageIdWithMetaData getComposedMessageIdWithMetaData() {
        return ComposedMessageIdWithMetaData.builder()
                .composedMessageId(new ComposedMessageId(mailboxId, getMessageId(), uid))
                .flags(createFlags())
                .modSeq(modSeq)
                .threadId(getThreadId())
                .build();
    }

    @Override
    public MailboxId getMailboxId() {
        return mailboxId;
    }

    @Override
    public MessageUid getUid() {
        return uid;
    }

    @Override
    public void setUid(MessageUid uid) {
        this.uid = uid;
    }

    @Override
    public ModSeq getModSeq() {
        return modSeq;
    }

    @Override
    public void setModSeq(ModSeq modSeq) {
        this.modSeq = modSeq;
    }

    @Override
    public Flags createFlags() {
        return new Flags(flags);
    }

    @Override
    public void setFlags(Flags flags) {
        this.flags = new Flags(flags);
    }

    @Override
    public Optional<Date> getSaveDate() {
        return saveDate.map(Date::from);
    }

    @Override
    public void setSaveDate(Date saveDate) {
        this.saveDate = Optional.of(saveDate.toInstant());
    }

    @Override
    public boolean isAnswered() {
        return flags.contains(Flag.ANSWERED);
    }

    @Override
    public boolean isDeleted() {
        return flags.contains(Flag.DELETED);
    }

    @Override
    public boolean isDraft() {
        return flags.contains(Flag.DRAFT);
    }

    @Override
    public boolean isFlagged() {
        return flags.contains(Flag.FLAGGED);
    }

    @Override
    public boolean isRecent() {
        return flags.contains(Flag.RECENT);
    }

    @Override
    public boolean isSeen() {
        return flags.contains(Flag.SEEN);
    }

    @Override
    public String toString() {
        return "StoredMessage[" + envelope.messageId() + " in " + mailboxId.serialize() + " uid " + uid.asLong() + "]";
    }
}
