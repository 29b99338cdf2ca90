/**
 * What every port has in common: our key, the versions and suites of {@link org.mssante.core.tls.TlsContexts}, a client
 * certificate asked for and never required, one sentence where the port cannot be opened. Decides about nobody.
 */
package org.mssante.server.listen;
