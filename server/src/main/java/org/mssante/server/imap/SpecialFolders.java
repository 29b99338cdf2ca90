package org.mssante.server.imap;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.MailboxType;
import org.apache.james.imap.api.process.MailboxTyper;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.search.MailboxQuery;
import org.mssante.annuaire.api.Language;

/**
 * The folders every mailbox has (RFC 6154), under the names its users know. An account gets them at the first log-in, and
 * again only when nothing but the inbox is left. They are named in the language the mailbox has then and are never renamed.
 */
public final class SpecialFolders implements MailboxTyper {
    private final FolderNames names;

    public SpecialFolders(FolderNames names) {
        this.names = names;
    }

    /** What the folders of an account are for, by their names, as an IMAP session keeps it from its log-in. */
    record Uses(Map<String, MailboxType> byName) {
        /** Where the session keeps it. */
        static final String ATTRIBUTE = "mssante.folders";
    }

    @Override
    public MailboxType getMailboxType(ImapSession session, MailboxPath path) {
        if (path.isInbox()) {
            return MailboxType.INBOX;
        }
        return session.getAttribute(Uses.ATTRIBUTE) instanceof Uses uses
                ? uses.byName().getOrDefault(path.getName(), MailboxType.OTHER)
                : MailboxType.OTHER;
    }

    /** Makes what is missing. */
    Uses provide(Optional<Language> language, MailboxManager mailboxes, MailboxSession session)
            throws MailboxException {
        MailboxPath inbox = MailboxPath.inbox(session);
        List<MailboxPath> paths = mailboxes
                .search(MailboxQuery.privateMailboxesBuilder(session).build(), session)
                .map(folder -> folder.getPath())
                .collectList()
                .block();
        Set<String> present = new HashSet<>();
        paths.forEach(path -> present.add(path.getName()));
        if (paths.stream().allMatch(MailboxPath::isInbox)) {
            make(inbox, mailboxes, session);
            for (String name : names.in(language).keySet()) {
                make(MailboxPath.forUser(session.getUser(), name), mailboxes, session);
                present.add(name);
            }
        }
        return new Uses(names.uses(language, present));
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
