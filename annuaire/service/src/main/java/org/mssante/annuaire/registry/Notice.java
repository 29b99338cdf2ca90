package org.mssante.annuaire.registry;

import java.time.Instant;
import org.mssante.core.id.MailAddress;

/**
 * A mail that somebody is to be sent about a mailbox.
 *
 * @param id given by the outbox; the same mail has the same at every attempt
 * @param motive what the register says or said against the mailbox
 * @param since when it said so first
 */
public record Notice(
        long id,
        MailAddress address,
        NoticeKind kind,
        FlagMotive motive,
        Instant since,
        MailAddress recipient,
        Instant created) {}
