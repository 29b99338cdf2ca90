/** How this service's log is written, named by its logback.xml. */
package org.mssante.server.log;
