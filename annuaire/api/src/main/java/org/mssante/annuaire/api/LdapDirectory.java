package org.mssante.annuaire.api;

import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.tls.TlsSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The annuaire over LDAPS, on two pools: one bound as this service for questions, one whose connections are bound anew
 * for every log-in. Connections are made when needed and replaced when broken, so the annuaire may come, go and come
 * back. Thread-safe.
 *
 * <pre>
 * try (LdapDirectory directory = LdapDirectory.open(LdapDirectoryConfiguration.from(settings))) {
 *     Lookup&lt;Mailbox&gt; answer = directory.mailbox(MailAddress.parse("dr.test@demo.medecin.mssante.fr"));
 * }
 * </pre>
 */
public final class LdapDirectory implements Directory, Structures, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LdapDirectory.class);
    private static final Filter ANY = Filter.createPresenceFilter("objectClass");
    private static final Filter OUR_OWN = Filter.createEqualityFilter("objectClass", LdapNames.MANAGED_MAILBOX_CLASS);

    private final LDAPConnectionPool questions;
    private final LDAPConnectionPool logins;
    private final Duration responseTimeout;
    private final int poolSize;

    private LdapDirectory(
            LDAPConnectionPool questions, LDAPConnectionPool logins, LdapDirectoryConfiguration configuration) {
        this.questions = questions;
        this.logins = logins;
        this.responseTimeout = configuration.responseTimeout();
        this.poolSize = configuration.poolSize();
    }

    /**
     * Returns at once, whether the annuaire answers or not.
     *
     * @throws StartupFailure where the trust anchors cannot be read
     */
    public static LdapDirectory open(LdapDirectoryConfiguration configuration) {
        SingleServerSet server = new SingleServerSet(
                configuration.host(),
                configuration.port(),
                new PunctualSockets(
                        TlsSocketFactory.of(
                                TlsContexts.trusting(PemFiles.certificatesOfFolder(configuration.anchors()))),
                        configuration.host(),
                        configuration.connectTimeout(),
                        configuration.responseTimeout()),
                options(configuration));
        SimpleBindRequest bind =
                new SimpleBindRequest(configuration.bindDn(), new SecretFile(configuration.secretFile()));
        try {
            LDAPConnectionPool questions = new LDAPConnectionPool(server, bind, 0, configuration.poolSize());
            questions.setRetryFailedOperationsDueToInvalidConnections(false);
            LDAPConnectionPool logins = new LDAPConnectionPool(server, null, 0, configuration.poolSize());
            // a password that was sent and not answered may have been looked at: it is not sent again
            logins.setRetryFailedOperationsDueToInvalidConnections(false);
            logins.setHealthCheck(new AliveBeforeUse());
            return new LdapDirectory(questions, logins, configuration);
        } catch (LDAPException e) {
            throw new StartupFailure(
                    "The connection to the directory cannot be set up (" + e.getMessage()
                            + "): correct the directory.* settings.",
                    e);
        }
    }

    @Override
    public Lookup<Mailbox> mailbox(MailAddress address) {
        return entry(LdapNames.mailboxDn(address), OUR_OWN, EntryReader::mailbox);
    }

    @Override
    public Lookup<Professional> professional(Rpps rpps) {
        return entry(LdapNames.professionalDn(rpps), ANY, EntryReader::professional);
    }

    @Override
    public Lookup<String> structureName(StructureId structure) {
        SearchRequest request = new SearchRequest(
                LdapNames.branchDn(LdapNames.STRUCTURES), SearchScope.ONE, numbered(structure), LdapNames.ORGANISATION);
        request.setResponseTimeoutMillis(responseTimeout.toMillis());
        request.setSizeLimit(1);
        try {
            return named(ask(request));
        } catch (LDAPSearchException e) {
            // one is enough to know it
            return e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)
                    ? named(e.getSearchResult())
                    : unavailable(e.getMessage());
        }
    }

    /** Structures that were taken over before the annuaire kept all numbers have but these two. */
    private static Filter numbered(StructureId structure) {
        List<Filter> any = new ArrayList<>();
        any.add(Filter.createEqualityFilter(LdapNames.STRUCTURE_NUMBER, structure.nationalId()));
        any.add(Filter.createEqualityFilter(LdapNames.UID, structure.nationalId()));
        if (structure.kind() == StructureId.Kind.FINESS) {
            any.add(Filter.createEqualityFilter(LdapNames.LEGAL_ENTITY, structure.number()));
        }
        return Filter.createORFilter(any);
    }

    private static Lookup<String> named(SearchResult found) {
        return found.getSearchEntries().stream()
                .findFirst()
                .map(entry -> entry.getAttributeValue(LdapNames.ORGANISATION))
                .<Lookup<String>>map(Lookup.Found::new)
                .orElseGet(Lookup.Absent::new);
    }

    @Override
    public Lookup<List<Mailbox>> mailboxesOfCertificate(String subject) {
        return ownMailboxes(LdapNames.CERTIFICATE_SUBJECT, subject);
    }

    @Override
    public Lookup<List<Mailbox>> mailboxesOfHolder(Rpps holder) {
        return ownMailboxes(LdapNames.PERSON_ID, holder.value());
    }

    private Lookup<List<Mailbox>> ownMailboxes(String attribute, String value) {
        SearchRequest request = new SearchRequest(
                LdapNames.branchDn(LdapNames.MAILBOXES),
                SearchScope.ONE,
                Filter.createANDFilter(OUR_OWN, Filter.createEqualityFilter(attribute, value)));
        request.setResponseTimeoutMillis(responseTimeout.toMillis());
        try {
            SearchResult result = ask(request);
            List<Mailbox> mailboxes = new ArrayList<>();
            for (SearchResultEntry entry : result.getSearchEntries()) {
                mailboxes.add(EntryReader.mailbox(entry));
            }
            return new Lookup.Found<>(List.copyOf(mailboxes));
        } catch (LDAPSearchException e) {
            return unavailable(e.getMessage());
        } catch (IllegalArgumentException e) {
            return unavailable("an entry is not readable: " + e.getMessage());
        }
    }

    /** A bind on a connection of its own. An empty password would be an anonymous bind (RFC 4513 §5.1.2) and is refused. */
    @Override
    public PasswordVerdict checkPassword(MailAddress person, String password) {
        if (password.isEmpty()) {
            return PasswordVerdict.Denied.REFUSED;
        }
        SimpleBindRequest bind = new SimpleBindRequest(LdapNames.mailboxDn(person), password);
        bind.setResponseTimeoutMillis(responseTimeout.toMillis());
        try {
            BindResult accepted = logins.bind(bind);
            return new PasswordVerdict.Accepted(AppPasswordNote.nameIn(accepted.getDiagnosticMessage()));
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
                return PasswordVerdict.Denied.REFUSED;
            }
            if (e.getResultCode().equals(ResultCode.BUSY)) {
                return PasswordVerdict.Denied.TOO_SOON;
            }
            LOGGER.warn("the directory did not check a log-in: {}", e.getMessage());
            return PasswordVerdict.Denied.UNAVAILABLE;
        }
    }

    @Override
    public void close() {
        questions.close();
        logins.close();
    }

    private <T> Lookup<T> entry(String dn, Filter filter, Function<SearchResultEntry, T> read) {
        SearchRequest request = new SearchRequest(dn, SearchScope.BASE, filter);
        request.setResponseTimeoutMillis(responseTimeout.toMillis());
        try {
            List<SearchResultEntry> entries = ask(request).getSearchEntries();
            return entries.isEmpty() ? new Lookup.Absent<>() : new Lookup.Found<>(read.apply(entries.get(0)));
        } catch (LDAPSearchException e) {
            return e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
                    ? new Lookup.Absent<>()
                    : unavailable(e.getMessage());
        } catch (IllegalArgumentException e) {
            return unavailable("the entry is not readable: " + e.getMessage());
        }
    }

    /**
     * Connections that broke while nobody used them are only found out by asking: each is left, and another one asked, until one
     * answers or a new one cannot be made. What is not answered in time is not asked again.
     */
    private SearchResult ask(SearchRequest request) throws LDAPSearchException {
        for (int broken = 0; broken < poolSize; broken++) {
            try {
                return questions.search(request);
            } catch (LDAPSearchException e) {
                if (!e.getResultCode().equals(ResultCode.SERVER_DOWN)) {
                    throw e;
                }
            }
        }
        return questions.search(request);
    }

    private static <T> Lookup<T> unavailable(String why) {
        LOGGER.warn("the directory did not answer: {}", why);
        return new Lookup.Unavailable<>(why);
    }

    /** A question to the root DSE before each log-in: a connection that broke meanwhile is replaced before a password goes out on it. */
    private static final class AliveBeforeUse extends LDAPConnectionPoolHealthCheck {
        @Override
        public void ensureConnectionValidForCheckout(LDAPConnection connection) throws LDAPException {
            connection.getEntry("", SearchRequest.NO_ATTRIBUTES);
        }
    }

    private static LDAPConnectionOptions options(LdapDirectoryConfiguration configuration) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(
                Math.toIntExact(configuration.connectTimeout().toMillis()));
        options.setResponseTimeoutMillis(configuration.responseTimeout().toMillis());
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
        options.setAbandonOnTimeout(true);
        // one question at a time on a connection: whoever asks reads the answer, and no other thread hands it over
        options.setUseSynchronousMode(true);
        return options;
    }
}
