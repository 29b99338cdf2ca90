/**
 * What an edition of the register means for our own mailboxes: who is flagged, told and suspended, and what an operator
 * should look at.
 */
package org.mssante.annuaire.lifecycle;
