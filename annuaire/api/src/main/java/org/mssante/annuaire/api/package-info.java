/** What the other services see of the annuaire: values and a client over LDAP. */
package org.mssante.annuaire.api;
