package org.mssante.launcher.instance;

/** An address and a port to connect to. */
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
