package org.mssante.it.instance;

import java.util.HashSet;
import java.util.Set;
import org.mssante.launcher.instance.PortBlocks;

/** Gives each instance of a test run ports of its own. */
final class PortBlock {
    private static final Set<Integer> GIVEN = new HashSet<>();

    private PortBlock() {}

    static synchronized int free() {
        return PortBlocks.free(TestInstance.home())
                .filter(GIVEN::add)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("every block of ports is in use: end other instances"));
    }
}
