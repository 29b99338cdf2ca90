/** The store's tables. Rows in, values out; no rule of XDS stands here. */
package org.mssante.dmp.store.sql;
