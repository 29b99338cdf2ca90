/** How a long work of the annuaire keeps two processors busy. It knows nothing of what is done. */
package org.mssante.annuaire.work;
