/** How results look on a terminal. */
package org.mssante.launcher.console;
