/**
 * Reads the register over the national FHIR API, whole or what changed in it, keeps what it needs of it on the disk, and writes an
 * edition of it in the form of the extracts. What an edition changes is not its business.
 */
package org.mssante.annuaire.crawl;
