/**
 * What the operator of this machine sees and does over the control socket: the queues, the quarantine, the health and
 * the numbers of the server, its backup.
 */
package org.mssante.server.admin;
