/** What services that keep a database share: whether it answers, and a copy of an embedded one while it is used. */
package org.mssante.core.sql;
