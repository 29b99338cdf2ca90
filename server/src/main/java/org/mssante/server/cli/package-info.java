/** What an operator asks on the command line without a running server. */
package org.mssante.server.cli;
