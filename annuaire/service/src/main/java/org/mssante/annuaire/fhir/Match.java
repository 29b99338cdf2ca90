package org.mssante.annuaire.fhir;

import java.io.IOException;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a search has found; it is made once it is known to be given.
 *
 * @param id its type and its identifier
 */
record Match(String id, Making making) {

    /** Makes the resource, and behind it those that go with it. */
    @FunctionalInterface
    interface Making {
        List<Resource> make(Resources resources) throws IOException;
    }
}
