/** A mail with its envelope as a row: what queues and repositories have in common. */
package org.mssante.server.storage.mail;
