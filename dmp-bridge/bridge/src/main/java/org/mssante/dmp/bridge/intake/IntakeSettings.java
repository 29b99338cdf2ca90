package org.mssante.dmp.bridge.intake;

import java.net.InetAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/**
 * @param tls presents the bridge's certificate and trusts the authorities of the trust space
 * @param mailServer the subject of the one certificate that may hand messages over
 * @param maxMessageBytes above which a message is refused (552)
 */
public record IntakeSettings(
        InetAddress address,
        int port,
        String hostName,
        SSLContext tls,
        X500Principal mailServer,
        int maxMessageBytes,
        int maxRecipients,
        int maxConnections,
        Duration timeout) {}
