/** The commands {@code ./mssante annuaire} and {@code ./mssante mailbox}: they ask the running annuaire over LDAPS. */
package org.mssante.annuaire.cli;
