/**
 * James' event bus: in this process alone on H2, shared by all nodes of one database on PostgreSQL; and what it could not
 * deliver, in SQL.
 */
package org.mssante.server.storage.events;
