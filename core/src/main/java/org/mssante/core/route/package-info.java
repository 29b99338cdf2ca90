/** Paths of requests, whatever door they come through. */
package org.mssante.core.route;
