/**
 * Getting small documents (trust list, revocation lists, OCSP answers, signing keys) from web servers that may be slow, down or
 * hostile: bounded in size and time, never redirected, asked again at bounded times. Judges no content.
 */
package org.mssante.server.fetch;
