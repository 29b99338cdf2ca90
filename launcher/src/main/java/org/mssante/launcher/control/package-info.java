/** Speaks with the control sockets of an instance's services, as the user who started the command. */
package org.mssante.launcher.control;
