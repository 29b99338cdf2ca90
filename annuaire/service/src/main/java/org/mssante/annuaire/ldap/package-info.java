/**
 * The LDAP protocol (RFC 4511) over the index: who may bind and how often he may try, what he may see, and limits on
 * everything a client can ask for. The directory is read-only.
 */
package org.mssante.annuaire.ldap;
