/** Who may act as whom. */
package org.mssante.server.storage.delegation;
