package org.mssante.dmp.store.registry;

/**
 * Why the store does not do what was asked.
 *
 * @param context one English sentence for the caller
 */
public record Refusal(XdsError error, String context) {}
