/**
 * Brings the register from where it is published, as extracts or over the national FHIR API: asks each source whether it has a new edition, puts a whole and sound
 * one in the place of the last one, and leaves that where it is when anything goes wrong. What an edition changes is not its business.
 */
package org.mssante.annuaire.source;
