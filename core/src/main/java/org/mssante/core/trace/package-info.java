/** The trace of each service: who did what, when, on which message, with which answer; never content. */
package org.mssante.core.trace;
