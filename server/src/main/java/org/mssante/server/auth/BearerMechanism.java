package org.mssante.server.auth;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The SASL mechanisms that carry an access token, and the refusal each of them sends before the last word. */
public enum BearerMechanism {
    /** As the clients of the professionals speak it, and as they know its refusal (mssante.md §6.2). */
    XOAUTH2("{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}"),
    /** RFC 7628 §3.2.2. */
    OAUTHBEARER("{\"status\":\"invalid_token\",\"schemes\":\"bearer\",\"scope\":\"mail\"}");

    private final String refusal;

    BearerMechanism(String refusal) {
        this.refusal = refusal;
    }

    /** @return empty where the message has another form */
    public Optional<BearerCredentials> read(byte[] message) {
        return switch (this) {
            case XOAUTH2 -> BearerCredentials.ofXoauth2(message);
            case OAUTHBEARER -> BearerCredentials.ofOauthBearer(message);
        };
    }

    /** A challenge that tells why; the client answers it with anything, and is refused then. */
    public byte[] refusal() {
        return refusal.getBytes(StandardCharsets.US_ASCII);
    }

    /** @param name as the client wrote it */
    public static Optional<BearerMechanism> named(String name) {
        for (BearerMechanism mechanism : values()) {
            if (mechanism.name().equalsIgnoreCase(name)) {
                return Optional.of(mechanism);
            }
        }
        return Optional.empty();
    }
}
