/**
 * Getting documents (trust list, revocation lists, OCSP answers, signing keys; the extracts of the register) from web servers
 * that may be slow, down or hostile: bounded in size and time, redirected nowhere but where the operator allows, asked again at
 * bounded times, through a proxy where there is one. Judges no content.
 */
package org.mssante.core.fetch;
