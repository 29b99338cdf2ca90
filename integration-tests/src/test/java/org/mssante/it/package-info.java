/** The rules of the whole, each played by real clients against the built services. */
package org.mssante.it;
