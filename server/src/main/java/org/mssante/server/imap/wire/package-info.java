/**
 * An IMAP connection between the socket and James' commands: octets become whole commands within limits, one command runs
 * at a time, and what is said last is said before the connection ends. Replaces what James 3.8.1 does in its Netty layer
 * (CVE-2024-37358, lost BYE, races of IDLE). Knows no mailbox and no right.
 */
package org.mssante.server.imap.wire;
