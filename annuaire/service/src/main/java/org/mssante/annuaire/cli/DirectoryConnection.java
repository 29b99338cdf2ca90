package org.mssante.annuaire.cli;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.settings.Settings;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.tls.TlsSocketFactory;

/** The command line as a client of the running annuaire, logged in as {@code uid=client,ou=services}. */
final class DirectoryConnection implements AutoCloseable {
    private static final int PAGE = 500;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final LDAPConnection connection;

    private DirectoryConnection(LDAPConnection connection) {
        this.connection = connection;
    }

    static DirectoryConnection open(Settings settings) {
        Path secret = settings.path("secrets.folder").resolve("ldap-client.secret");
        Path certificate = settings.path("tls.folder").resolve("cert.pem");
        String host = settings.text("listen.address");
        int port = settings.port("ldaps.port");
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(TIMEOUT_MILLIS);
        options.setResponseTimeoutMillis(TIMEOUT_MILLIS);
        // the instance's own certificate is what the connection trusts
        TlsSocketFactory tls = TlsSocketFactory.of(TlsContexts.trusting(PemFiles.certificates(certificate)));
        try {
            String password = Files.readString(secret, StandardCharsets.UTF_8).strip();
            return new DirectoryConnection(
                    new LDAPConnection(tls, options, host, port, LdapNames.serviceDn("client"), password));
        } catch (IOException e) {
            throw new CommandFailure(
                    "The secret " + secret + " cannot be read: start the annuaire first (./mssante up).", e);
        } catch (LDAPException e) {
            throw new CommandFailure(
                    "The annuaire does not answer on " + host + ":" + port + " ("
                            + e.getResultCode().getName() + "): start it with ./mssante up.",
                    e);
        }
    }

    /** One entry as it is. */
    SearchResultEntry entry(String dn, String... attributes) {
        try {
            SearchResultEntry entry = connection.getEntry(dn, attributes);
            if (entry == null) {
                throw new CommandFailure("The annuaire has no entry " + dn + ".");
            }
            return entry;
        } catch (LDAPException e) {
            throw failed(e);
        }
    }

    /** Every entry below a branch that fits, page by page. */
    void search(String branch, Filter filter, Consumer<SearchResultEntry> sink) {
        ASN1OctetString cookie = new ASN1OctetString();
        try {
            do {
                SearchRequest request = new SearchRequest(LdapNames.branchDn(branch), SearchScope.ONE, filter);
                request.addControl(new SimplePagedResultsControl(PAGE, cookie, true));
                SearchResult result = connection.search(request);
                result.getSearchEntries().forEach(sink);
                SimplePagedResultsControl page = SimplePagedResultsControl.get(result);
                cookie = page == null ? new ASN1OctetString() : page.getCookie();
            } while (cookie.getValueLength() > 0);
        } catch (LDAPException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private static CommandFailure failed(LDAPException e) {
        return new CommandFailure(
                "The annuaire did not answer the search (" + e.getResultCode().getName() + "): its log says why.", e);
    }
}
