/** IMAP: the listeners, and the two log-in commands that ask {@code auth} instead of James. */
package org.mssante.server.imap;
