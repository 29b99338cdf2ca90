package org.mssante.dmp.bridge.ledger;

import java.util.OptionalInt;
import org.mssante.dmp.cda.SenderMetadata;

/**
 * A document this bridge has filed.
 *
 * @param metadata it was filed with
 */
public record FiledVersion(String documentId, String sha1, OptionalInt version, SenderMetadata metadata) {

    public boolean isVersion(int number) {
        return version.isPresent() && version.getAsInt() == number;
    }

    public boolean isAbove(int number) {
        return version.isPresent() && version.getAsInt() > number;
    }
}
