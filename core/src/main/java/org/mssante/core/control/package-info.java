/**
 * The control socket of a service: HTTP/1.1 on a Unix domain socket in its run folder, for the operator of this machine.
 * It opens no port. Who may speak with it is said by the rights of its folder, and the kernel says who does.
 */
package org.mssante.core.control;
