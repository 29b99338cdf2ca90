/**
 * Who belongs to the trust space: the signed list of domains, operators' certificates, their revocation. Answers one
 * question a message with one {@link org.mssante.server.trust.TrustDecision}; knows neither SMTP nor James.
 */
package org.mssante.server.trust;
