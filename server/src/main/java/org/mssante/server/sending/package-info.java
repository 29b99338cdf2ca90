/** How much our own mailboxes may send, by their type: in one message, and within a while. */
package org.mssante.server.sending;
