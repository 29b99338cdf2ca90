/**
 * The command line of the bridge: shows offline what would be filed of a file, and asks the DMP what it holds. Standard
 * output is JSON; exit codes are 0 (would be filed, found), 1 (refused, nothing found), 2 (wrong usage or configuration)
 * and 3 (the DMP does not answer).
 */
package org.mssante.dmp.bridge.cli;
