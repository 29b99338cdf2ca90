package org.mssante.annuaire.fhir;

import java.util.Optional;
import org.mssante.annuaire.index.Condition;
import org.mssante.annuaire.index.TimeRange;

/**
 * What is asked of whom a resource is about, beside what a mailbox says of him.
 *
 * @param changed when he did; empty where any time will do
 */
record Subject(Condition condition, Optional<TimeRange> changed) {}
