/**
 * What services that keep a database share: transactions that outlive a power loss, whether the database answers, and a copy
 * of an embedded one while it is used.
 */
package org.mssante.core.sql;
