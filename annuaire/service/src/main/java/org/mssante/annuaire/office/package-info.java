/**
 * Who may administer our mailboxes, and what he does there: the roles, the one table of what each may, and the deeds. The
 * control socket and the API over the network are two doors of this office.
 */
package org.mssante.annuaire.office;
