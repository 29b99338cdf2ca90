package org.mssante.annuaire.api;

import java.nio.file.Path;
import java.time.Duration;
import org.mssante.core.settings.Settings;

/**
 * How a service reaches the annuaire: always over LDAPS.
 *
 * @param bindDn the service's own entry, e.g. {@code uid=server,ou=services,dc=mssante,dc=fr}
 * @param secretFile holds the service's password on one line; read again for every new connection
 * @param anchors folder of the CA certificates (PEM) the annuaire's certificate must chain to
 * @param responseTimeout after which a question counts as not answered
 * @param poolSize connections kept for questions, and as many again for log-ins
 */
public record LdapDirectoryConfiguration(
        String host,
        int port,
        String bindDn,
        Path secretFile,
        Path anchors,
        Duration connectTimeout,
        Duration responseTimeout,
        int poolSize) {
    private static final int MAX_POOL = 64;

    /**
     * Reads {@code directory.host}, {@code .port}, {@code .bind-dn}, {@code .secret-file}, {@code .anchors},
     * {@code .connect-timeout}, {@code .response-timeout} and {@code .pool-size}.
     */
    public static LdapDirectoryConfiguration from(Settings settings) {
        return new LdapDirectoryConfiguration(
                settings.text("directory.host"),
                settings.port("directory.port"),
                settings.text("directory.bind-dn"),
                settings.path("directory.secret-file"),
                settings.path("directory.anchors"),
                settings.duration("directory.connect-timeout"),
                settings.duration("directory.response-timeout"),
                settings.number("directory.pool-size", 1, MAX_POOL));
    }
}
