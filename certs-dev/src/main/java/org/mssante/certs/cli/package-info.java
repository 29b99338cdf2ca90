/** The command line of the development PKI. */
package org.mssante.certs.cli;
