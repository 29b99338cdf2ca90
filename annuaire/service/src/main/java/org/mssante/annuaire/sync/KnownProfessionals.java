package org.mssante.annuaire.sync;

import java.io.IOException;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.EntryKey;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.core.id.Rpps;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The professionals of the edition of the register that is in force. Thread-safe. */
public final class KnownProfessionals {
    private static final Logger LOGGER = LoggerFactory.getLogger(KnownProfessionals.class);

    private final DirectoryIndex index;

    public KnownProfessionals(DirectoryIndex index) {
        this.index = index;
    }

    /** False where no edition was ever loaded, and where it cannot be looked up, which is in the log. */
    public boolean lack(Rpps professional) {
        try (Snapshot register = index.snapshot()) {
            return register.count(Branch.PROFESSIONALS) > 0
                    && register.find(EntryKey.of(Branch.PROFESSIONALS, professional.nationalId()))
                            .isEmpty();
        } catch (IOException e) {
            LOGGER.warn("whether the register knows a professional cannot be looked up: {}", FailureTrail.of(e));
            return false;
        }
    }
}
