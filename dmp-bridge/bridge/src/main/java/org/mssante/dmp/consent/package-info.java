/** Whether a patient's rights allow filing: a decision table in data, its sources, and decisions that can be retold. */
package org.mssante.dmp.consent;
