package org.mssante.dmp.cda;

import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;

/**
 * componentOf/encompassingEncounter.
 *
 * @param code the kind of stay (JDV_J142)
 * @param facility healthCareFacility/code (JDV_J02)
 */
public record Encounter(Optional<Code> code, Optional<Code> facility) {}
