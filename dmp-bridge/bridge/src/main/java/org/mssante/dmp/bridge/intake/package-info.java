/**
 * Where the mail server hands messages over: SMTP with STARTTLS and a client certificate. 250 is said once the message
 * is durable in the ledger, never before.
 */
package org.mssante.dmp.bridge.intake;
