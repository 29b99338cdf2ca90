/** Asks the ports of an instance whether they answer, each in its own protocol. */
package org.mssante.launcher.probe;
