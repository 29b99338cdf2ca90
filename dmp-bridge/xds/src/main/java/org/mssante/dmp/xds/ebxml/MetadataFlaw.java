package org.mssante.dmp.xds.ebxml;

/**
 * An attribute that was left out because it is malformed or stands twice.
 *
 * @param object the id of the registry object
 * @param attribute its XDS name, e.g. {@code creationTime}
 * @param rule what it breaks, one English sentence without the value
 */
public record MetadataFlaw(String object, String attribute, String rule) {}
