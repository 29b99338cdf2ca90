/**
 * Our own mailboxes: the one source of truth, in SQL. Who holds them, who may use them, how they log in, in which state
 * they are, and who changed what, when and why.
 */
package org.mssante.annuaire.registry;
