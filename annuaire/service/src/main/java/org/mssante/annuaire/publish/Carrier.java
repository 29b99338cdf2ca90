package org.mssante.annuaire.publish;

import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** Where a mailbox stands in the annuaire national: at its holder (PER, CAB) or its structure (ORG, APP). */
public sealed interface Carrier {
    /** PS_IdNat or Struct_IdNat. */
    String nationalId();

    record Person(Rpps rpps) implements Carrier {
        @Override
        public String nationalId() {
            return rpps.nationalId();
        }
    }

    record Structure(StructureId id) implements Carrier {
        @Override
        public String nationalId() {
            return id.nationalId();
        }
    }

    static Carrier of(Mailbox mailbox) {
        return switch (mailbox.type()) {
            case PER, CAB -> new Person(mailbox.holder().orElseThrow());
            case ORG, APP -> new Structure(mailbox.structure().orElseThrow());
        };
    }

    /** One that was remembered by its national identifier. */
    static Carrier of(MailboxType type, String nationalId) {
        return switch (type) {
            case PER, CAB -> new Person(Rpps.ofNationalId(nationalId));
            case ORG, APP -> new Structure(StructureId.ofNationalId(nationalId));
        };
    }
}
