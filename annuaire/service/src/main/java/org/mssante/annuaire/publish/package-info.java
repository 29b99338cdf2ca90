/**
 * Publishes our own mailboxes in the annuaire national (mssante.md §5.6 and §5.7): what differs from what it has taken, over
 * a port with an adapter for files and one for the draft FHIR API.
 */
package org.mssante.annuaire.publish;
