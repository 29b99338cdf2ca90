package org.mssante.server.imap;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.MailboxType;
import org.apache.james.imap.api.process.MailboxTyper;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;

/**
 * The folders every mailbox has (RFC 6154), under the names its users know. An account gets them at the first log-in, and
 * again only when nothing but the inbox is left.
 */
public final class SpecialFolders implements MailboxTyper {
    private final Map<String, MailboxType> types;

    /** @param types by the name of the folder, e.g. {@code Corbeille}, in the order in which they are made */
    public SpecialFolders(Map<String, MailboxType> types) {
        this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    /** The type with that attribute, e.g. {@code \Trash}; empty where RFC 6154 or James has none. */
    public static Optional<MailboxType> type(String attribute) {
        for (MailboxType type : MailboxType.values()) {
            if (attribute.equals(type.getRfc6154attributeName())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    @Override
    public MailboxType getMailboxType(ImapSession session, MailboxPath path) {
        return path.isInbox() ? MailboxType.INBOX : types.getOrDefault(path.getName(), MailboxType.OTHER);
    }

    /** Makes what is missing. */
    void provide(MailboxManager mailboxes, MailboxSession session) throws MailboxException {
        MailboxPath inbox = MailboxPath.inbox(session);
        boolean bare = mailboxes
                .search(MailboxQuery.privateMailboxesBuilder(session).build(), session)
                .all(folder -> folder.getPath().isInbox())
                .blockOptional()
                .orElse(true);
        if (bare) {
            make(inbox, mailboxes, session);
            for (String name : types.keySet()) {
                make(MailboxPath.forUser(session.getUser(), name), mailboxes, session);
            }
        }
    }

    private static void make(MailboxPath path, MailboxManager mailboxes, MailboxSession session)
            throws MailboxException {
        try {
            mailboxes.createMailbox(path, MailboxManager.CreateOption.CREATE_SUBSCRIPTION, session);
        } catch (MailboxExistsException e) {
            // another log-in was faster
            return;
        }
    }
}
