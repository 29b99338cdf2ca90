/** The clients of a DMP, wired: what the bridge files with and the command line asks with. */
package org.mssante.dmp.xds.client;
