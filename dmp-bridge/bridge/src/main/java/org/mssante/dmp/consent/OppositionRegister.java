package org.mssante.dmp.consent;

import org.mssante.core.id.Ins;

/** The register of oppositions of the structure. Thread-safe; never throws for a register that cannot be read. */
@FunctionalInterface
public interface OppositionRegister {
    LocalRights of(Ins patient);
}
