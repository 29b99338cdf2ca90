/** ITI-18: the parameters of a stored query, what they find, and in which form it is returned. */
package org.mssante.dmp.store.query;
