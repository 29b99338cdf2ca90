/**
 * TLS on the ports James listens on: our key, the versions and suites of {@link org.mssante.core.tls.TlsContexts}, a
 * client certificate asked for and never required. Decides about nobody.
 */
package org.mssante.server.tls;
