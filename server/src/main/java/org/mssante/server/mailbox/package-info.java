/**
 * Our own mailboxes as the annuaire knows them: who exists, who may receive, who may act for whom; and James' users,
 * domains and delegations answered from it. Survives an absent annuaire on what it last said.
 */
package org.mssante.server.mailbox;
