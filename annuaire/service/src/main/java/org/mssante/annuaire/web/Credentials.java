package org.mssante.annuaire.web;

import java.util.Optional;

/**
 * What somebody says who he is with (HTTP Basic, RFC 7617).
 *
 * @param code of his second factor, from the header {@code Second-Factor}
 * @param address he comes from
 */
public record Credentials(String name, String password, Optional<String> code, String address) {
    /** Without what is secret: it may get into a log. */
    @Override
    public String toString() {
        return "Credentials[name=" + name + ", address=" + address + "]";
    }
}
