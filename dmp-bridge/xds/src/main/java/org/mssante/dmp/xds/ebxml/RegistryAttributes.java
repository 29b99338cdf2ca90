package org.mssante.dmp.xds.ebxml;

import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.Hash;

/** The attributes of a document entry that the registry and the repository give. */
public record RegistryAttributes(
        String entryUuid, String logicalId, Availability availability, Hash hash, long size, String repositoryId) {}
