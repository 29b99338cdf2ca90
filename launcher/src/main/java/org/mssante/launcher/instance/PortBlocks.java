package org.mssante.launcher.instance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds port offsets with which every port of an instance is free. Offsets are whole thousands, so that two instances
 * never overlap, and end below the range the system takes client ports from.
 */
public final class PortBlocks {
    private static final int STEP = 1_000;
    private static final int BLOCKS = 20;

    private PortBlocks() {}

    /**
     * The offsets whose ports are free at the moment they are looked at, in random order.
     *
     * @param home the project's folder: ports are looked up in its shipped configuration
     */
    public static Stream<Integer> free(Path home) {
        List<Integer> offsets = new ArrayList<>();
        for (int block = 1; block <= BLOCKS; block++) {
            offsets.add(block * STEP);
        }
        Collections.shuffle(offsets);
        return offsets.stream().filter(offset -> isFree(home, offset));
    }

    private static boolean isFree(Path home, int offset) {
        Instance shipped = new Instance(home, home, home.resolve("conf"), offset);
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
