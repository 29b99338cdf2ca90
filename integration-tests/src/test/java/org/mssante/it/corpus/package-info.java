/** The real documents the project is tried on, where they lie, and what is expected of each. */
package org.mssante.it.corpus;
