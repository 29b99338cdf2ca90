package org.mssante.core.lockout;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/**
 * What clients are counted by. Of IPv6 it is the network of 64 bits: whoever has one address there has them all (RFC 6177).
 *
 * @param name the address itself where it is of IPv4
 */
public record ClientNetwork(String name) {
    private static final int NETWORK_BYTES = 8;

    public static ClientNetwork of(InetAddress address) {
        return new ClientNetwork(
                address instanceof Inet6Address six
                        ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                        : address.getHostAddress());
    }
}
