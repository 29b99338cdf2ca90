/** Keys, certificates and anchors from PEM files, and the TLS contexts built of them. */
package org.mssante.core.tls;
