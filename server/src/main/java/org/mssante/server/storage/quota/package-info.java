/** Quotas: usage that changes in the transaction of the messages, and limits. */
package org.mssante.server.storage.quota;
