/**
 * One searchable view over the national records and our own mailboxes: a Lucene index that can be thrown away and made
 * again at will. Every change of it becomes visible by one commit. It knows entries, attributes and conditions, and no
 * protocol.
 */
package org.mssante.annuaire.index;
