package org.mssante.dmp.xds.iti41;

/** The document is in the DMP; {@code alreadyThere} where the same bytes were filed before under the same uniqueId. */
public record Registered(boolean alreadyThere) {
    /**
     * The warning of a successful response that says so. IHE has no code for it; the private prefix keeps it from being
     * taken for one of the DMP's.
     */
    public static final String ALREADY_THERE_WARNING = "MSSDocumentAlreadyRegistered";
}
