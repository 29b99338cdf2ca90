/**
 * A private PKI in the shapes of IGC-Santé (gamme Élémentaire, Organisations) for development, demonstration and tests:
 * authorities, certificates, revocation lists and a signed trust list. Nothing of it is ever trusted in production.
 */
package org.mssante.certs;
