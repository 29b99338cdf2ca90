/** Mail as its users send and read it: SMTP and IMAP over TLS, log-in by certificate or password. */
package org.mssante.launcher.mail;
