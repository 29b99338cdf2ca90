package org.mssante.dmp.xds.iti43;

import org.mssante.dmp.xds.metadata.Hash;

/** A document that was written to the caller's stream: {@code size} in octets, {@code hash} the SHA-1 of them. */
public record RetrievedDocument(String uniqueId, String mimeType, long size, Hash hash) {}
