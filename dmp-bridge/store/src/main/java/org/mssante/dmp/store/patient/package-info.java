/** Who has a DMP, and in which state. */
package org.mssante.dmp.store.patient;
