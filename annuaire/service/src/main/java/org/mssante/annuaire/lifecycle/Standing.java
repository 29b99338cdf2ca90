package org.mssante.annuaire.lifecycle;

import org.mssante.annuaire.registry.FlagMotive;

/** What an edition of the register says of a mailbox. */
sealed interface Standing {
    /** Its holder is active, its structure is there. */
    record Sound() implements Standing {}

    record Lost(FlagMotive motive) implements Standing {}

    /** The register says nothing: it holds no such entries, or never knew that structure. */
    record Unknown() implements Standing {}
}
