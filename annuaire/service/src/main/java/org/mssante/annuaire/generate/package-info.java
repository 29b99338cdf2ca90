/** Makes extracts of the national register of any size: nobody in them exists. */
package org.mssante.annuaire.generate;
