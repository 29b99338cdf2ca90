package org.mssante.dmp.store.sql;

import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.Hash;

/**
 * A registered document without its bytes.
 *
 * @param metadata the ExtrinsicObject as registered, whose status may be an older one
 */
public record StoredDocument(
        String entryUuid,
        String uniqueId,
        Ins patient,
        Availability status,
        String mimeType,
        Hash hash,
        long size,
        String metadata) {}
