/**
 * What the sender is told (RFC 8098 and CI-SIS volet Transmission par messagerie): one receipt a mail at most, only where
 * one was asked for or a document was refused, never in answer to a machine.
 */
package org.mssante.dmp.bridge.receipt;
