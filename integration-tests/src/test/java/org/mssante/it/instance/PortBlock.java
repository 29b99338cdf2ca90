package org.mssante.it.instance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mssante.launcher.instance.PortBlocks;

/** Gives each instance of a test run ports of its own, apart for tests that run in two JVMs at the same time. */
final class PortBlock {
    private static final int STEP = 1_000;
    private static final int JVMS = 2;
    private static final List<Integer> GIVEN = new ArrayList<>();
    private static final Set<Integer> HELD = new HashSet<>();

    private PortBlock() {}

    /** One that nobody listens on; of those, one not given yet or the one that was given the longest ago. */
    static synchronized int free() {
        int offset = PortBlocks.free(TestInstance.home())
                .filter(PortBlock::isOurs)
                .filter(block -> !HELD.contains(block))
                .min(Comparator.comparingInt(GIVEN::lastIndexOf))
                .orElseThrow(() -> new IllegalStateException("every block of ports is in use: end other instances"));
        GIVEN.add(offset);
        return offset;
    }

    /** One that is given to nobody else, though nobody listens on it yet. */
    static synchronized int held() {
        int offset = free();
        HELD.add(offset);
        return offset;
    }

    private static boolean isOurs(int offset) {
        return offset / STEP % JVMS == fork() % JVMS;
    }

    /** Which of the JVMs this is. */
    static int fork() {
        return Integer.getInteger("mssante.fork", 1);
    }
}
