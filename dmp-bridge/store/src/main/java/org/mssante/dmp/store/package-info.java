/**
 * The embedded DMP store: an XDS.b registry and repository with the patients' DMP states, served at the paths of the
 * national DMP. {@link org.mssante.dmp.store.DmpStore} is the process.
 */
package org.mssante.dmp.store;
