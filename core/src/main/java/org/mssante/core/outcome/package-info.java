/** The one catalogue of outcome codes: the same code in a reply, a DSN, an MDN, a trace, a metric and on a screen. */
package org.mssante.core.outcome;
