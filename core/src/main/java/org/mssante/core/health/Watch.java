package org.mssante.core.health;

import java.util.List;
import org.mssante.core.metrics.MetricSource;

/** Looks at one thing, quickly and without changing it, as an alarm and as numbers. Thread-safe. */
public interface Watch extends MetricSource {
    /** What is looked at, e.g. {@code queues}. */
    String subject();

    /** What is wrong with it; nothing where all is well. */
    List<Finding> look();
}
