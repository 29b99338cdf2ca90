package org.mssante.server.storage.mail;

import java.util.Optional;
import org.apache.james.server.core.MailImpl;

/**
 * A mail as it was found in its row.
 *
 * @param mail a view of it; where it is not readable, what can be said of it all the same: its name and its bytes, and in its
 *     error message the code and the cause
 * @param defect why its envelope is not readable, in English; empty where it is
 */
public record StoredMail(MailImpl mail, Optional<String> defect) {
    public boolean isReadable() {
        return defect.isEmpty();
    }
}
