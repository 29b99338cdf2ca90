/**
 * Brings the register's extracts and our own mailboxes into the index: read, sort and merge on disk, one commit. No
 * more than a buffer of records is in memory at any time.
 */
package org.mssante.annuaire.sync;
