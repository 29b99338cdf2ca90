package org.mssante.server.imap.wire;

/** The connection ends, for this reason, which the client is told in a BYE. */
record Farewell(String sentence) {}
