package org.mssante.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports to listen on, below the range the system takes client ports from, and apart for tests that run at the same time:
 * nobody else takes one between here and the moment it is opened.
 */
public final class FreePort {
    private static final int LOWEST = 12_000;
    private static final int PROCESSES = 3;
    private static final int A_PROCESS = 6_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(A_PROCESS));

    private FreePort() {}

    public static int next() {
        int first = LOWEST + (Integer.getInteger("mssante.fork", 1) - 1) % PROCESSES * A_PROCESS;
        for (int tries = 0; tries < A_PROCESS; tries++) {
            int port = first + Math.floorMod(NEXT.getAndIncrement(), A_PROCESS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free between " + first + " and " + (first + A_PROCESS));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
