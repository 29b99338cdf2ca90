/**
 * Numbers about a running service. Events are counted where they are traced, so that the trace, its codes and the
 * counters cannot tell different stories.
 */
package org.mssante.core.metrics;
