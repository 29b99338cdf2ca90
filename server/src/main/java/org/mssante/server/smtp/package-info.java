/**
 * SMTP: the listeners and the hooks that put the questions of a session to {@code trust}, {@code mailbox} and {@code
 * auth} and turn the answers into reply codes. Knows neither XML nor LDAP.
 */
package org.mssante.server.smtp;
