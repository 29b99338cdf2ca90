/** Time as tests need it. */
package org.mssante.core.time;
