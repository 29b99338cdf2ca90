/** The bytes of mails: spooled once, hashed, stored once, read back piece by piece. */
package org.mssante.server.storage.content;
