package org.mssante.core.health;

/**
 * An alarm that is raised now.
 *
 * @param detail which certificate, which queue, since when; in English, never content
 */
public record Finding(Alarm alarm, String detail) {}
