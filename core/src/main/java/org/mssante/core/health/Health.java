package org.mssante.core.health;

import java.util.ArrayList;
import java.util.List;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All a service watches of itself. One that fails itself is a finding. */
public final class Health {
    private static final Logger LOGGER = LoggerFactory.getLogger(Health.class);

    private final List<Watch> watches;

    public Health(List<Watch> watches) {
        this.watches = List.copyOf(watches);
    }

    /** What is wrong now; nothing where all is well. */
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        for (Watch watch : watches) {
            try {
                findings.addAll(watch.look());
            } catch (RuntimeException e) {
                LOGGER.warn("the check of {} failed: {}", watch.subject(), FailureTrail.of(e));
                findings.add(new Finding(Alarm.CHECK_FAILED, watch.subject() + ": " + e));
            }
        }
        return findings;
    }
}
