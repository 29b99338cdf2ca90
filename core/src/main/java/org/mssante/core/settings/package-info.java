/** How a service reads what its operator configured, and how it says in one sentence why it cannot start. */
package org.mssante.core.settings;
