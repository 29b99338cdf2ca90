/** What became of a message, read from the traces of all services. */
package org.mssante.launcher.explain;
