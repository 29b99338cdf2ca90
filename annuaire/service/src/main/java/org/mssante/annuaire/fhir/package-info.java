/**
 * The directory as a FHIR R4 read API in the profile of the national one (annuaire.md §4): Practitioner, PractitionerRole and
 * Organization with the mailboxes that stand at them.
 */
package org.mssante.annuaire.fhir;
