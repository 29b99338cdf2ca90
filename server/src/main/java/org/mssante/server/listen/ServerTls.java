package org.mssante.server.listen;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.james.protocols.api.ClientAuth;
import org.apache.james.protocols.netty.Encryption;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.TlsContexts;

/**
 * What every port presents. The client certificate is wanted, not needed: a handshake that fails tells a peer nothing,
 * so whoever comes without a certificate, or with a wrong one, is refused by a command's reply that says why
 * (mssante.md §4.2). Immutable.
 */
public final class ServerTls {
    private final SSLContext context;

    /** @param own asked at each handshake, so that a renewed certificate counts for the next connection */
    public ServerTls(Supplier<KeyMaterial> own) {
        this.context = TlsContexts.withTrust(own, new UnjudgedPeers());
    }

    /** For ports that start in clear. */
    public Encryption afterStartTls() {
        return Encryption.createStartTls(context, suites(), protocols(), ClientAuth.WANT);
    }

    /** For ports that start with the handshake. */
    public Encryption fromTheFirstByte() {
        return Encryption.createTls(context, suites(), protocols(), ClientAuth.WANT);
    }

    private static String[] suites() {
        return TlsContexts.CIPHER_SUITES.toArray(String[]::new);
    }

    private static String[] protocols() {
        return TlsContexts.PROTOCOLS.toArray(String[]::new);
    }
}
