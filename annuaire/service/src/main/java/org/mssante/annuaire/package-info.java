/** The annuaire: a directory of professionals and mailboxes over LDAP. This package assembles the service. */
package org.mssante.annuaire;
