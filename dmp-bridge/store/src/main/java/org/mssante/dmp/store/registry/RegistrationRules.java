package org.mssante.dmp.store.registry;

/**
 * What the operator decides about registrations.
 *
 * @param repositoryId repositoryUniqueId, an OID
 * @param maxDocument octets of the largest document accepted
 */
public record RegistrationRules(String repositoryId, long maxDocument) {}
