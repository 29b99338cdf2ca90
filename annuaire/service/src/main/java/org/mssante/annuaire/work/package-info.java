/** How a long work of the annuaire keeps two processors busy, and lets those who ask go first. It knows nothing of what is done. */
package org.mssante.annuaire.work;
