/**
 * James' mappers of mailboxes and messages. Each operation is one transaction of its own; whatever changes the messages of
 * a mailbox first locks the mailbox's row, so UIDs and modification sequences become visible in their order.
 */
package org.mssante.server.storage.mailbox;
