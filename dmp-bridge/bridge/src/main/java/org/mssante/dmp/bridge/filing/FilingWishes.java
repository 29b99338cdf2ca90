package org.mssante.dmp.bridge.filing;

import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;

/**
 * What the mailboxes that a mail came for want to become of its documents, at the moment it is asked. One that wants them
 * filed decides for all; a mailbox that wants to be asked, or has been turned off since the mail came, leaves it to a person.
 * Thread-safe.
 */
public final class FilingWishes {
    private final Directory directory;

    public FilingWishes(Directory directory) {
        this.directory = directory;
    }

    /** The answer of all mailboxes together. */
    enum Wish {
        FILE,
        ASK,
        /** The annuaire does not answer. */
        UNKNOWN
    }

    Wish of(List<String> recipients) {
        boolean asked = false;
        boolean unknown = false;
        for (String recipient : recipients) {
            Wish wish = of(recipient);
            if (wish == Wish.FILE) {
                return Wish.FILE;
            }
            asked |= wish == Wish.ASK;
            unknown |= wish == Wish.UNKNOWN;
        }
        return asked && !unknown ? Wish.ASK : Wish.UNKNOWN;
    }

    /** The mail server hands over what is to be filed: a mailbox that is no more cannot be asked, and wanted it then. */
    private Wish of(String recipient) {
        Optional<MailAddress> address = address(recipient);
        if (address.isEmpty()) {
            return Wish.FILE;
        }
        Lookup<Mailbox> mailbox = directory.mailbox(address.get());
        if (mailbox instanceof Lookup.Unavailable) {
            return Wish.UNKNOWN;
        }
        return mailbox.found()
                .map(Mailbox::dmpFiling)
                .map(filing -> filing == DmpFiling.ON ? Wish.FILE : Wish.ASK)
                .orElse(Wish.FILE);
    }

    private static Optional<MailAddress> address(String text) {
        try {
            return Optional.of(MailAddress.parse(text));
        } catch (InvalidIdentifierException e) {
            return Optional.empty();
        }
    }
}
