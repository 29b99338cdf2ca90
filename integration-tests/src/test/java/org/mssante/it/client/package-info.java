/** The clients the tests look through: command-line programs, SMTP by hand, IMAP, the DMP. */
package org.mssante.it.client;
