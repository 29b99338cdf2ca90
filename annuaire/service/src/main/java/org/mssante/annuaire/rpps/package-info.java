/**
 * Readers of the public extracts of the Annuaire Santé, exactly as they are published, one record in memory at a time.
 * They know the files and nothing of what becomes of a record.
 */
package org.mssante.annuaire.rpps;
