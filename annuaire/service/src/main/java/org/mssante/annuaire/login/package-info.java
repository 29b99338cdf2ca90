/** Who may ask the directory, over whatever protocol: log-ins of services and of professionals, slowed down where they fail. */
package org.mssante.annuaire.login;
