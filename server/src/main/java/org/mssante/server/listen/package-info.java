/**
 * What every port has in common: our key, the versions and suites of {@link org.mssante.core.tls.TlsContexts}, a client
 * certificate asked for and never required, one sentence where the port cannot be opened, and whose place it is when all are taken.
 * Decides nothing else about anybody.
 */
package org.mssante.server.listen;
