/** What may be written into a log of a failure. */
package org.mssante.core.log;
