package org.mssante.dmp.xds.metadata;

import java.util.Arrays;
import java.util.Optional;

/** The status of a document; the DMP adds two to those of ebXML RegRep (SEL-MP-037, TD3.3). */
public enum Availability {
    APPROVED("urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"),
    /** Replaced by another version. */
    DEPRECATED("urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated"),
    ARCHIVED("urn:asip:ci-sis:2010:StatusType:Archived"),
    DELETED("urn:asip:ci-sis:2010:StatusType:Deleted");

    private final String urn;

    Availability(String urn) {
        this.urn = urn;
    }

    public String urn() {
        return urn;
    }

    public static Optional<Availability> ofUrn(String urn) {
        return Arrays.stream(values()).filter(status -> status.urn.equals(urn)).findFirst();
    }
}
