/**
 * S/MIME (RFC 8551): signs what a mailbox sends, checks what arrives. Knows javax.mail and CMS, not James: the mailets
 * that call it are thin.
 */
package org.mssante.server.smime;
