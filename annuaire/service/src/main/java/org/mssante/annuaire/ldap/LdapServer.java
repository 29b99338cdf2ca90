package org.mssante.annuaire.ldap;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.listener.StartTLSRequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.login.Logins;
import org.mssante.core.tls.TlsSocketFactory;

/** The two ports of the directory: LDAP, where TLS is started before anybody logs in, and LDAPS. */
public final class LdapServer implements AutoCloseable {
    private final LDAPListener ldap;
    private final LDAPListener ldaps;

    private LdapServer(LDAPListener ldap, LDAPListener ldaps) {
        this.ldap = ldap;
        this.ldaps = ldaps;
    }

    /** @param ldapPort 0 for any free one, as {@code ldapsPort} */
    public record Configuration(InetAddress address, int ldapPort, int ldapsPort, SSLContext tls, Limits limits) {}

    /** What the directory is made of. */
    public record Parts(DirectoryIndex index, Logins logins, Clock clock) {}

    /** Returns once both ports answer. */
    public static LdapServer start(Configuration configuration, Parts parts) {
        Limits limits = configuration.limits();
        Binds binds = new Binds(parts.logins());
        Searches searches = new Searches(parts.index(), limits, new PageCookies(new SecureRandom()), parts.clock());
        LDAPListenerRequestHandler requests = new DirectoryRequestHandler(binds, searches, limits);
        SSLSocketFactory tls = TlsSocketFactory.of(configuration.tls());
        LDAPListener ldap = new LDAPListener(config(
                configuration, configuration.ldapPort(), new StartTLSRequestHandler(tls, requests), Optional.empty()));
        LDAPListener ldaps =
                new LDAPListener(config(configuration, configuration.ldapsPort(), requests, Optional.of(tls)));
        LdapServer server = new LdapServer(ldap, ldaps);
        try {
            listen(ldap, configuration.address(), configuration.ldapPort());
            listen(ldaps, configuration.address(), configuration.ldapsPort());
            return server;
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException(e);
        }
    }

    /** The exception of the socket alone does not say which port is taken. */
    private static void listen(LDAPListener listener, InetAddress address, int port) throws IOException {
        try {
            listener.startListening();
        } catch (BindException e) {
            BindException named = new BindException(address.getHostAddress() + ":" + port + ", " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    public int ldapPort() {
        return ldap.getListenPort();
    }

    public int ldapsPort() {
        return ldaps.getListenPort();
    }

    @Override
    public void close() {
        ldap.shutDown(true);
        ldaps.shutDown(true);
    }

    private static LDAPListenerConfig config(
            Configuration configuration,
            int port,
            LDAPListenerRequestHandler requests,
            Optional<SSLSocketFactory> tls) {
        Limits limits = configuration.limits();
        LDAPListenerConfig config = new LDAPListenerConfig(port, requests);
        config.setListenAddress(configuration.address());
        config.setMaxConnections(limits.connections());
        config.setMaxMessageSizeBytes(limits.messageBytes());
        config.setServerSocketFactory(new PatientServerSockets(limits.loginTime(), tls));
        return config;
    }
}
