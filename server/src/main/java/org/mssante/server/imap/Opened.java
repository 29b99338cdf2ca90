package org.mssante.server.imap;

import java.util.Optional;
import org.apache.james.imap.api.process.ImapSession;

/**
 * The folder a session works in.
 *
 * @param folder as the client named it
 * @param access what may be done there besides reading
 */
record Opened(String folder, Access access) {
    private static final String ATTRIBUTE = "mssante.opened";

    enum Access {
        /** EXAMINE: nothing changes, not even for the reader (RFC 3501 §6.3.2). */
        EXAMINED,
        /** SELECT by somebody who may only read: his own \Seen may change (RFC 3501 §6.3.1). */
        READ_ONLY,
        READ_WRITE
    }

    static Optional<Opened> in(ImapSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof Opened opened ? Optional.of(opened) : Optional.empty();
    }

    void rememberIn(ImapSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }
}
