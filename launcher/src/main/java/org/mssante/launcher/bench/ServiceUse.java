package org.mssante.launcher.bench;

import java.time.Duration;

/**
 * What a service had used at one moment.
 *
 * @param processor time since its start
 * @param resident octets of memory
 */
record ServiceUse(Duration processor, long resident) {}
