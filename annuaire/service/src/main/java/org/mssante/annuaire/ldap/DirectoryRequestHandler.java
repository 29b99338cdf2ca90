package org.mssante.annuaire.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import java.io.IOException;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.mssante.annuaire.api.AppPasswordNote;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.login.Identity;
import org.mssante.annuaire.login.Logins;
import org.mssante.annuaire.registry.RegistryException;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection. The SDK gives each connection a thread and an instance of its own, so the checking of
 * a password or a slow client holds up nobody else.
 */
final class DirectoryRequestHandler extends LDAPListenerRequestHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(DirectoryRequestHandler.class);
    /** RFC 3296: clients send it as a matter of course; there are no referrals here. */
    private static final String MANAGE_DSA_IT = "2.16.840.1.113730.3.4.2";

    private static final String READ_ONLY = "the directory is read-only";

    private final Binds binds;
    private final Searches searches;
    private final Limits limits;
    private final Optional<LDAPListenerClientConnection> connection;
    private Identity identity = new Identity.Anonymous();

    /** The handler the instances of connections are made from. */
    DirectoryRequestHandler(Binds binds, Searches searches, Limits limits) {
        this(binds, searches, limits, Optional.empty());
    }

    private DirectoryRequestHandler(
            Binds binds, Searches searches, Limits limits, Optional<LDAPListenerClientConnection> connection) {
        this.binds = binds;
        this.searches = searches;
        this.limits = limits;
        this.connection = connection;
    }

    @Override
    public DirectoryRequestHandler newInstance(LDAPListenerClientConnection newConnection) {
        newConnection.setUncaughtExceptionHandler((thread, failure) -> hangUp(newConnection, failure));
        return new DirectoryRequestHandler(binds, searches, limits, Optional.of(newConnection));
    }

    /** What ends the thread of a connection ends the connection: left alone, it would stay open and count for ever. */
    private static void hangUp(LDAPListenerClientConnection broken, Throwable failure) {
        LOGGER.warn("a request could not be decoded and ends its connection: {}", failure.toString());
        try {
            broken.close();
        } catch (IOException e) {
            LOGGER.debug("the connection has gone: {}", e.getMessage());
        }
    }

    @Override
    public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
        // whatever comes of it, the old identity is gone (RFC 4513 §4)
        identity = new Identity.Anonymous();
        LDAPResult result;
        try {
            result = bind(request, controls);
        } catch (RegistryException e) {
            LOGGER.error("a bind could not be checked: {}", FailureTrail.of(e));
            result = result(ResultCode.UNAVAILABLE, "the directory cannot check passwords at the moment");
        }
        return new LDAPMessage(id, new BindResponseProtocolOp(result));
    }

    private LDAPResult bind(BindRequestProtocolOp request, List<Control> controls) {
        Optional<LDAPResult> unsupported = criticalControl(controls, Set.of());
        if (unsupported.isPresent()) {
            return unsupported.get();
        }
        return request.getCredentialsType() == BindRequestProtocolOp.CRED_TYPE_SIMPLE
                ? simple(request)
                : sasl(request.getSASLMechanism(), Optional.ofNullable(request.getSASLCredentials()));
    }

    private LDAPResult simple(BindRequestProtocolOp request) {
        boolean named = !request.getBindDN().isEmpty();
        boolean password = request.getSimplePassword().getValueLength() > 0;
        if (!named && !password) {
            return result(ResultCode.SUCCESS, null);
        }
        if (!isEncrypted()) {
            return inClear();
        }
        if (!password) {
            // RFC 4513 §5.1.2: a name without a password is a mistake of the client, not a login
            return result(ResultCode.UNWILLING_TO_PERFORM, "a bind with a name needs a password");
        }
        return told(binds.authenticate(
                request.getBindDN(), request.getSimplePassword().stringValue(), peer()));
    }

    /** The name beside it does not count (RFC 4513 §5.2.1). */
    private LDAPResult sasl(String mechanism, Optional<ASN1OctetString> credentials) {
        return switch (mechanism.toUpperCase(Locale.ROOT)) {
            case Mechanisms.PLAIN -> plain(credentials);
            case Mechanisms.EXTERNAL -> external(credentials);
            default -> result(ResultCode.AUTH_METHOD_NOT_SUPPORTED, "the mechanism is unknown");
        };
    }

    private LDAPResult plain(Optional<ASN1OctetString> credentials) {
        if (!isEncrypted()) {
            return inClear();
        }
        if (credentials.isEmpty()) {
            // the client speaks first: it is told to go on (RFC 4422 §3)
            return result(ResultCode.SASL_BIND_IN_PROGRESS, null);
        }
        Optional<PlainCredentials> said =
                PlainCredentials.parse(credentials.get().getValue());
        if (said.isEmpty()) {
            return result(ResultCode.PROTOCOL_ERROR, "that is no message of PLAIN (RFC 4616)");
        }
        return binds.authenticate(said.get(), peer())
                .map(this::told)
                .orElseGet(() -> result(ResultCode.AUTHORIZATION_DENIED, "nobody acts for another one here"));
    }

    private LDAPResult external(Optional<ASN1OctetString> credentials) {
        if (!isEncrypted()) {
            return inClear();
        }
        Optional<X509Certificate> certificate =
                PeerCertificate.of(connection.orElseThrow().getSocket());
        if (certificate.isEmpty()) {
            return result(ResultCode.INAPPROPRIATE_AUTHENTICATION, "no client certificate has been shown");
        }
        String wanted = credentials.map(ASN1OctetString::stringValue).orElse("");
        return told(binds.authenticate(certificate.get(), wanted, peer()));
    }

    private static LDAPResult inClear() {
        return result(ResultCode.CONFIDENTIALITY_REQUIRED, "start TLS first");
    }

    private LDAPResult told(Logins.Answer answer) {
        if (answer instanceof Logins.TooSoon) {
            return result(
                    ResultCode.BUSY, "too many log-ins of this name or from this address have failed: wait a while");
        }
        if (!(answer instanceof Logins.Granted granted)) {
            return result(ResultCode.INVALID_CREDENTIALS, null);
        }
        identity = granted.identity();
        allowIdling();
        return result(ResultCode.SUCCESS, note(identity));
    }

    @Override
    public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
        Searches.Found found;
        try {
            found = search(request, controls);
            for (Entry entry : found.entries()) {
                connection.orElseThrow().sendSearchResultEntry(id, entry);
            }
        } catch (LDAPException e) {
            return new LDAPMessage(id, new SearchResultDoneProtocolOp(e.toLDAPResult()));
        } catch (RegistryException e) {
            LOGGER.error("it could not be checked who searches: {}", FailureTrail.of(e));
            return new LDAPMessage(
                    id,
                    new SearchResultDoneProtocolOp(
                            result(ResultCode.UNAVAILABLE, "the directory cannot check accounts at the moment")));
        } catch (IOException e) {
            LOGGER.error("a search failed: {}", FailureTrail.of(e));
            return new LDAPMessage(
                    id, new SearchResultDoneProtocolOp(result(ResultCode.UNAVAILABLE, "the index cannot be read")));
        }
        return new LDAPMessage(id, new SearchResultDoneProtocolOp(result(found.result(), null)), found.controls());
    }

    private Searches.Found search(SearchRequestProtocolOp request, List<Control> controls)
            throws LDAPException, IOException {
        Optional<LDAPResult> unsupported = criticalControl(
                controls, Set.of(SimplePagedResultsControl.PAGED_RESULTS_OID, Sorting.OID, MANAGE_DSA_IT));
        if (unsupported.isPresent()) {
            throw new LDAPException(
                    unsupported.get().getResultCode(), unsupported.get().getDiagnosticMessage());
        }
        boolean baseOnly = request.getScope().equals(SearchScope.BASE);
        if (baseOnly && request.getBaseDN().isEmpty()) {
            return one(
                    request,
                    RootDse.entry(Mechanisms.on(connection.orElseThrow().getSocket())),
                    RootDse.OPERATIONAL,
                    Audience.PROFESSIONALS);
        }
        if (!binds.holds(identity)) {
            identity = new Identity.Anonymous();
        }
        Audience reader = identity.reads()
                .orElseThrow(() -> new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "log in first"));
        if (baseOnly && DN.isValidDN(request.getBaseDN()) && DN.equals(request.getBaseDN(), DirectorySchema.DN)) {
            return one(request, DirectorySchema.entry(), DirectorySchema.OPERATIONAL, reader);
        }
        return searches.search(request, paging(controls), Sorting.in(controls), reader);
    }

    private static Searches.Found one(
            SearchRequestProtocolOp request, Entry entry, Set<String> operational, Audience reader)
            throws LDAPException {
        EntryWriter writer = new EntryWriter(reader, request.getAttributes(), request.typesOnly());
        List<Entry> entries =
                request.getFilter().matchesEntry(entry) ? List.of(writer.write(entry, operational)) : List.of();
        return new Searches.Found(entries, ResultCode.SUCCESS, List.of());
    }

    private static Optional<SimplePagedResultsControl> paging(List<Control> controls) throws LDAPException {
        for (Control control : controls) {
            if (control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID)) {
                return Optional.of(
                        new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue()));
            }
        }
        return Optional.empty();
    }

    @Override
    public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
        if (request.getOID().equals(WhoAmIExtendedRequest.WHO_AM_I_REQUEST_OID)) {
            String who = identity.dn().isEmpty() ? "" : "dn:" + identity.dn();
            return new LDAPMessage(
                    id,
                    new ExtendedResponseProtocolOp(
                            ResultCode.SUCCESS_INT_VALUE, null, null, null, null, new ASN1OctetString(who)));
        }
        return new LDAPMessage(
                id,
                new ExtendedResponseProtocolOp(
                        ResultCode.PROTOCOL_ERROR_INT_VALUE,
                        null,
                        "the extended operation is unknown",
                        null,
                        null,
                        null));
    }

    @Override
    public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
        return refused(
                id,
                new CompareResponseProtocolOp(result(ResultCode.UNWILLING_TO_PERFORM, "search in place of comparing")));
    }

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
        return refused(id, new AddResponseProtocolOp(result(ResultCode.UNWILLING_TO_PERFORM, READ_ONLY)));
    }

    @Override
    public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
        return refused(id, new DeleteResponseProtocolOp(result(ResultCode.UNWILLING_TO_PERFORM, READ_ONLY)));
    }

    @Override
    public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
        return refused(id, new ModifyResponseProtocolOp(result(ResultCode.UNWILLING_TO_PERFORM, READ_ONLY)));
    }

    @Override
    public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
        return refused(id, new ModifyDNResponseProtocolOp(result(ResultCode.UNWILLING_TO_PERFORM, READ_ONLY)));
    }

    private static LDAPMessage refused(int id, ProtocolOp response) {
        return new LDAPMessage(id, response);
    }

    private static Optional<LDAPResult> criticalControl(List<Control> controls, Set<String> supported) {
        return controls.stream()
                .filter(Control::isCritical)
                .filter(control -> !supported.contains(control.getOID()))
                .findFirst()
                .map(control -> result(
                        ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "the control " + control.getOID() + " is unknown"));
    }

    private static LDAPResult result(ResultCode code, String message) {
        return new LDAPResult(-1, code, message, null, List.of(), List.of());
    }

    /** For the trace of whoever asked on behalf of a client; null, as the LDAP library has it, where there is nothing to say. */
    private static String note(Identity identity) {
        return identity instanceof Identity.Professional holder
                ? holder.appPassword().map(AppPasswordNote::of).orElse(null)
                : null;
    }

    private boolean isEncrypted() {
        return connection.orElseThrow().getSocket() instanceof SSLSocket;
    }

    private String peer() {
        return connection.orElseThrow().getSocket().getInetAddress().getHostAddress();
    }

    private void allowIdling() {
        try {
            connection
                    .orElseThrow()
                    .getSocket()
                    .setSoTimeout(Math.toIntExact(limits.idleTime().toMillis()));
        } catch (SocketException e) {
            LOGGER.debug("the connection has gone: {}", e.getMessage());
        }
    }
}
