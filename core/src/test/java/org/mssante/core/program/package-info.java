/** What tests need of the machine. */
package org.mssante.core.program;
