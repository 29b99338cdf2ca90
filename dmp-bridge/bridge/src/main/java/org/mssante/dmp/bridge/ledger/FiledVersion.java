package org.mssante.dmp.bridge.ledger;

import java.util.OptionalLong;
import org.mssante.dmp.cda.SenderMetadata;

/**
 * A document this bridge has filed.
 *
 * @param setId what counts as its set
 * @param metadata it was filed with
 */
public record FiledVersion(
        String documentId, String sha1, String setId, OptionalLong version, SenderMetadata metadata) {

    public boolean isVersion(long number) {
        return version.isPresent() && version.getAsLong() == number;
    }

    public boolean isAbove(long number) {
        return version.isPresent() && version.getAsLong() > number;
    }
}
