/**
 * Search in mailboxes: as much of a query as columns can answer is asked of the database, the rest is read from the messages
 * that are left. Its table is filled with the message, and its text later; what it does not hold yet is read.
 */
package org.mssante.server.storage.search;
