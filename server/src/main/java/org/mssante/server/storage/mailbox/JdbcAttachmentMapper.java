package org.mssante.server.storage.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.james.mailbox.exception.AttachmentNotFoundException;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.AttachmentId;
import org.apache.james.mailbox.model.AttachmentMetadata;
import org.apache.james.mailbox.model.MessageAttachmentMetadata;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.ParsedAttachment;
import org.apache.james.mailbox.store.mail.AttachmentMapper;
import org.mssante.server.storage.content.BodyTable;
import org.mssante.server.storage.content.SpooledContent;
import org.mssante.server.storage.sql.Database;

/** Attachments apart from their messages, each stored once. Thread-safe. */
public final class JdbcAttachmentMapper implements AttachmentMapper {
    private final Database database;
    private final BodyTable bodies;

    JdbcAttachmentMapper(Database database, BodyTable bodies) {
        this.database = database;
        this.bodies = bodies;
    }

    @Override
    public InputStream loadAttachmentContent(AttachmentId attachmentId) throws AttachmentNotFoundException {
        return bodies.open(stored(attachmentId).bodyId());
    }

    @Override
    public AttachmentMetadata getAttachment(AttachmentId attachmentId) throws AttachmentNotFoundException {
        if (attachmentId == null) {
            throw new IllegalArgumentException("an attachment has an id");
        }
        return stored(attachmentId).metadata().getAttachment();
    }

    @Override
    public List<AttachmentMetadata> getAttachments(Collection<AttachmentId> attachmentIds) {
        if (attachmentIds == null) {
            throw new IllegalArgumentException("no attachments is an empty collection");
        }
        return database.read(connection -> AttachmentTable.find(connection, List.copyOf(attachmentIds))).stream()
                .map(stored -> stored.metadata().getAttachment())
                .toList();
    }

    @Override
    public List<MessageAttachmentMetadata> storeAttachments(
            Collection<ParsedAttachment> attachments, MessageId ownerMessageId) throws MailboxException {
        List<MessageAttachmentMetadata> stored = new ArrayList<>();
        for (ParsedAttachment attachment : attachments) {
            stored.add(store(attachment, ownerMessageId, stored.size()));
        }
        return stored;
    }

    @Override
    public Collection<MessageId> getRelatedMessageIds(AttachmentId attachmentId) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT message_id FROM attachment WHERE id = ?")) {
                select.setString(1, attachmentId.getId());
                List<MessageId> messages = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        messages.add(new JdbcMessageId(rows.getObject(1, UUID.class)));
                    }
                }
                return messages;
            }
        });
    }

    private MessageAttachmentMetadata store(ParsedAttachment attachment, MessageId owner, int seq)
            throws MailboxException {
        try (SpooledContent content =
                SpooledContent.ofBytes(attachment.getContent().openStream())) {
            MessageAttachmentMetadata metadata =
                    attachment.asMessageAttachment(AttachmentId.random(), content.octets(), owner);
            return new MailboxDatabase(database).transaction(connection -> {
                long bodyId = bodies.store(connection, content);
                AttachmentTable.insert(connection, seq, new AttachmentTable.Stored(metadata, bodyId));
                return metadata;
            });
        } catch (IOException e) {
            throw new MailboxException("An attachment could not be read", e);
        }
    }

    private AttachmentTable.Stored stored(AttachmentId attachmentId) throws AttachmentNotFoundException {
        return database.read(connection -> AttachmentTable.find(connection, List.of(attachmentId))).stream()
                .findFirst()
                .orElseThrow(() -> new AttachmentNotFoundException(attachmentId.getId()));
    }
}
