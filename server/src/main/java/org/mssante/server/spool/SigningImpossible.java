package org.mssante.server.spool;

import javax.mail.MessagingException;
import org.mssante.core.log.OwnWords;

/** What has to be signed cannot be: it waits, and never goes unsigned. */
final class SigningImpossible extends MessagingException implements OwnWords {
    private static final long serialVersionUID = 1L;

    SigningImpossible(String why) {
        super(why);
    }

    SigningImpossible(String why, Exception cause) {
        super(why, cause);
    }
}
