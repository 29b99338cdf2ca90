package org.mssante.dmp.bridge.ledger;

import java.util.OptionalInt;

/** A document this bridge has filed. */
public record FiledVersion(String documentId, String sha1, OptionalInt version) {

    public boolean isVersion(int number) {
        return version.isPresent() && version.getAsInt() == number;
    }

    public boolean isAbove(int number) {
        return version.isPresent() && version.getAsInt() > number;
    }
}
