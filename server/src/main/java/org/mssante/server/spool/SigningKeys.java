package org.mssante.server.spool;

import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.server.smime.MessageSigner;

/** The signing keys of our own mailboxes. Thread-safe. */
@FunctionalInterface
public interface SigningKeys {

    /** Empty where the mailbox has no key here. */
    Optional<MessageSigner> signerOf(MailAddress mailbox);
}
