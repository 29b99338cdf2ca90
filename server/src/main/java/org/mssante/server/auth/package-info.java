/**
 * Who logs in: passwords of persons, certificates of software, and persons acting for a mailbox they are a member of.
 * The same answers for SMTP and IMAP, which both ask here.
 */
package org.mssante.server.auth;
