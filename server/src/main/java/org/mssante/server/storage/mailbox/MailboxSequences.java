package org.mssante.server.storage.mailbox;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.ModSeqProvider;
import org.apache.james.mailbox.store.mail.UidProvider;

/** UIDs and modification sequences, given out by the row of the mailbox. Thread-safe, and safe among several nodes. */
public final class MailboxSequences implements UidProvider, ModSeqProvider {
    private final MailboxDatabase database;

    MailboxSequences(MailboxDatabase database) {
        this.database = database;
    }

    @Override
    public MessageUid nextUid(Mailbox mailbox) throws MailboxException {
        return nextUid(mailbox.getMailboxId());
    }

    @Override
    public MessageUid nextUid(MailboxId mailboxId) throws MailboxException {
        return database.transaction(connection -> {
            LockedMailbox mailbox = LockedMailbox.lock(connection, JdbcMailboxId.uuid(mailboxId))
                    .orElseThrow(() -> new MailboxNotFoundException(mailboxId));
            MessageUid uid = mailbox.nextUid();
            mailbox.save(connection);
            return uid;
        });
    }

    @Override
    public Optional<MessageUid> lastUid(Mailbox mailbox) throws MailboxException {
        long last = column("last_uid", mailbox.getMailboxId());
        return last == 0 ? Optional.empty() : Optional.of(MessageUid.of(last));
    }

    @Override
    public ModSeq nextModSeq(Mailbox mailbox) throws MailboxException {
        return nextModSeq(mailbox.getMailboxId());
    }

    @Override
    public ModSeq nextModSeq(MailboxId mailboxId) throws MailboxException {
        return database.transaction(connection -> {
            LockedMailbox mailbox = LockedMailbox.lock(connection, JdbcMailboxId.uuid(mailboxId))
                    .orElseThrow(() -> new MailboxNotFoundException(mailboxId));
            ModSeq modSeq = mailbox.nextModSeq();
            mailbox.save(connection);
            return modSeq;
        });
    }

    @Override
    public ModSeq highestModSeq(Mailbox mailbox) throws MailboxException {
        return highestModSeq(mailbox.getMailboxId());
    }

    @Override
    public ModSeq highestModSeq(MailboxId mailboxId) throws MailboxException {
        return ModSeq.of(column("highest_modseq", mailboxId));
    }

    private long column(String column, MailboxId mailboxId) throws MailboxException {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT " + column + " FROM mailbox WHERE id = ?")) {
                select.setObject(1, JdbcMailboxId.uuid(mailboxId));
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new MailboxNotFoundException(mailboxId);
                    }
                    return row.getLong(1);
                }
            }
        });
    }
}
