package org.mssante.dmp.xds.iti41;

/** The document is in the DMP; {@code alreadyThere} where the same bytes were filed before under the same uniqueId. */
public record Registered(boolean alreadyThere) {}
