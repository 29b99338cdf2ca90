/** The database itself: pool, dialects, migrations, transactions with bounded retries. */
package org.mssante.server.storage.sql;
