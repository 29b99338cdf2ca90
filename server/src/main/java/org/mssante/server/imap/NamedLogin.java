package org.mssante.server.imap;

import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.message.request.AbstractImapRequest;

/** LOGIN as the client wrote it: James' own request cannot hold a user name with two addresses. */
final class NamedLogin extends AbstractImapRequest {
    private final String userName;
    private final String password;

    NamedLogin(Tag tag, String userName, String password) {
        super(tag, ImapConstants.LOGIN_COMMAND);
        this.userName = userName;
        this.password = password;
    }

    String userName() {
        return userName;
    }

    String password() {
        return password;
    }

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "LOGIN " + userName;
    }
}
