package org.mssante.it.instance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServicePort;

/**
 * Finds port offsets with which every port of an instance is free. Offsets are whole thousands, so that two instances
 * never overlap, and end below the range the system takes client ports from. None is given twice in a run.
 */
final class PortBlock {
    private static final int STEP = 1_000;
    private static final int BLOCKS = 20;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private PortBlock() {}

    static synchronized int free() {
        List<Integer> offsets = new ArrayList<>();
        for (int block = 1; block <= BLOCKS; block++) {
            offsets.add(block * STEP);
        }
        Collections.shuffle(offsets);
        int free = offsets.stream()
                .filter(offset -> !GIVEN.contains(offset))
                .filter(PortBlock::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("every block of ports is in use: end other instances"));
        GIVEN.add(free);
        return free;
    }

    private static boolean isFree(int offset) {
        Instance shipped = new Instance(
                TestInstance.home(), TestInstance.home(), TestInstance.home().resolve("conf"), offset);
        return Arrays.stream(ServicePort.values())
                .allMatch(port -> isFreePort(shipped.endpoint(port).port()));
    }

    private static boolean isFreePort(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
