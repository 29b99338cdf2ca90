/**
 * What leaves this server: from a durable queue to another operator or to the DMP bridge, over mutual TLS, to a peer
 * whose certificate was checked before the first word about a message. What cannot be handed over is returned to its
 * sender or set aside, never dropped.
 */
package org.mssante.server.delivery;
