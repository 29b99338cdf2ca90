/** What the store decides: whether a submission is registered, which documents a query finds, what is read. */
package org.mssante.dmp.store.registry;
