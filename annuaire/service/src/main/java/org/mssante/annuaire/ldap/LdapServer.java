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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.login.Logins;
import org.mssante.core.tls.TlsSocketFactory;

/** The two ports of the directory: LDAP, where TLS is started before anybody logs in, and LDAPS. */
public final class LdapServer implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final LDAPListener ldap;
    private final LDAPListener ldaps;
    private final List<PatientServerSockets> sockets;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "ldap-watch");
        made.setDaemon(true);
        return made;
    });

    private LdapServer(LDAPListener ldap, LDAPListener ldaps, List<PatientServerSockets> sockets) {
        this.ldap = ldap;
        this.ldaps = ldaps;
        this.sockets = sockets;
        var unused = watch.scheduleWithFixedDelay(
                () -> sockets.forEach(PatientServerSockets::closeStuck),
                LOOK.toMillis(),
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * @param ldapPort 0 for any free one, as {@code ldapsPort}
     * @param certificates whether clients are asked for theirs, which {@code tls} then judges
     */
    public record Configuration(
            InetAddress address, int ldapPort, int ldapsPort, SSLContext tls, boolean certificates, Limits limits) {}

    /** What the directory is made of. */
    public record Parts(DirectoryIndex index, Logins logins, Clock clock) {}

    /** Returns once both ports answer. */
    public static LdapServer start(Configuration configuration, Parts parts) {
        Limits limits = configuration.limits();
        Binds binds = new Binds(parts.logins());
        Searches searches = new Searches(parts.index(), limits, new PageCookies(new SecureRandom()), parts.clock());
        LDAPListenerRequestHandler requests = new DirectoryRequestHandler(binds, searches, limits);
        SSLSocketFactory tls = new ShallowTlsSockets(TlsSocketFactory.of(configuration.tls()));
        PatientServerSockets plain = new PatientServerSockets(limits.loginTime(), Optional.empty());
        PatientServerSockets secured = new PatientServerSockets(limits.loginTime(), Optional.of(tls));
        LDAPListener ldap = new LDAPListener(config(
                configuration,
                configuration.ldapPort(),
                new StartTLSRequestHandler(tls, requests, configuration.certificates(), false),
                plain));
        LDAPListener ldaps = new LDAPListener(config(configuration, configuration.ldapsPort(), requests, secured));
        LdapServer server = new LdapServer(ldap, ldaps, List.of(plain, secured));
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
        sockets.forEach(PatientServerSockets::closeWriting);
        ldap.shutDown(true);
        ldaps.shutDown(true);
        watch.shutdownNow();
    }

    private static LDAPListenerConfig config(
            Configuration configuration, int port, LDAPListenerRequestHandler requests, PatientServerSockets sockets) {
        Limits limits = configuration.limits();
        LDAPListenerConfig config = new LDAPListenerConfig(port, requests);
        config.setListenAddress(configuration.address());
        config.setMaxConnections(limits.connections());
        config.setMaxMessageSizeBytes(limits.messageBytes());
        config.setServerSocketFactory(sockets);
        // wanted, never needed
        config.setRequestClientCertificate(configuration.certificates());
        return config;
    }
}
