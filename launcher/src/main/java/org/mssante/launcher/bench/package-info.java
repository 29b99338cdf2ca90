/**
 * Measures a mail server from outside, as its users see it: how many messages it accepts and makes visible in IMAP, and
 * how long that takes, alone or in turn with another server. Sockets and a thread a session, nothing of a mail library:
 * on a small machine the generator must not be what is measured.
 */
package org.mssante.launcher.bench;
