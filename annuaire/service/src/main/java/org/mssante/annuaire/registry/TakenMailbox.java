package org.mssante.annuaire.registry;

import java.util.Optional;
import org.mssante.core.id.MailAddress;

/**
 * What the annuaire national has taken of one of our mailboxes.
 *
 * @param carrier national identifier of the holder or the structure it stands or stood at
 * @param digest SHA-256 of what it says, hexadecimal; empty once it was withdrawn
 */
public record TakenMailbox(MailAddress address, String carrier, Optional<String> digest) {
    public boolean isWithdrawn() {
        return digest.isEmpty();
    }
}
