/**
 * James' storage interfaces over one SQL database by JDBC, on H2 or PostgreSQL: mailboxes, mail queues, delegations,
 * repositories of failed mail. The mapper of a concern stands beside its SQL; {@link
 * org.mssante.server.storage.StorageModule} binds them all.
 */
package org.mssante.server.storage;
