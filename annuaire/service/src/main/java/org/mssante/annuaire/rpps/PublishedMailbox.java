package org.mssante.annuaire.rpps;

import java.util.Optional;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/**
 * One line of {@code Extraction_Correspondance_MSSante}: a mailbox of any operator and one attachment of it. The same
 * address may stand on several lines.
 */
public record PublishedMailbox(
        MailAddress address,
        MailboxType type,
        Optional<Rpps> holder,
        Optional<StructureId> structure,
        String service,
        String title,
        String familyName,
        String givenName,
        String professionCode,
        String professionLabel,
        String skillLabel,
        String structureName,
        Place place) {}
