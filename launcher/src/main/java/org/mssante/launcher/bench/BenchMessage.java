package org.mssante.launcher.bench;

import java.util.List;

/**
 * A message on its way.
 *
 * @param id its Message-ID without angle brackets
 * @param parts its octets one after the other, lines ended by CRLF, none beginning with a dot
 */
record BenchMessage(String id, List<Account> recipients, List<byte[]> parts) {}
