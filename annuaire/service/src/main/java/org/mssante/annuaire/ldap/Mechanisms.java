package org.mssante.annuaire.ldap;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** The mechanisms of SASL that clients may log in by. */
final class Mechanisms {
    /** RFC 4616. */
    static final String PLAIN = "PLAIN";
    /** RFC 4422, annex A. */
    static final String EXTERNAL = "EXTERNAL";

    private Mechanisms() {}

    /** Those that are of use on a connection: none in clear, and EXTERNAL to whoever has shown a certificate. */
    static List<String> on(Socket socket) {
        List<String> usable = new ArrayList<>();
        if (socket instanceof SSLSocket) {
            usable.add(PLAIN);
        }
        if (PeerCertificate.of(socket).isPresent()) {
            usable.add(EXTERNAL);
        }
        return usable;
    }
}
