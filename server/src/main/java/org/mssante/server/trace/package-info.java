/** What James' sessions say of themselves, as the fields of a trace line. */
package org.mssante.server.trace;
