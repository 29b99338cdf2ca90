/**
 * The way of an accepted message: from the spool, signed where its mailbox asks for it, into our own mailboxes with the
 * signature's verdict on top, and on to the queues of the other operators and of the DMP bridge. What cannot go its way
 * ends in quarantine, visibly.
 */
package org.mssante.server.spool;
