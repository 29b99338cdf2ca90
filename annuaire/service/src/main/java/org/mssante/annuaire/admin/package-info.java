/** What an operator sees of the running annuaire, and what he can do with it. */
package org.mssante.annuaire.admin;
