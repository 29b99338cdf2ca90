/** The commands of {@code ./mssante}: parse the line, call, print. */
package org.mssante.launcher.cli;
