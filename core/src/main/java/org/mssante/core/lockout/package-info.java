/** How guessing of passwords is slowed down, the same at every door. */
package org.mssante.core.lockout;
