package org.mssante.it.load;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServicePort;

/**
 * All that the directory shows to a service at one moment.
 *
 * @param entries by their branch
 * @param checksum of all entries with all their values, whatever their order
 */
public record DirectoryContent(Map<String, Integer> entries, String checksum) {
    private static final int PAGE = 1_000;

    /** One paged search over the whole tree, which is one state of it. */
    public static DirectoryContent of(TestInstance instance) throws IOException, LDAPException {
        SSLContext tls = TlsContexts.trusting(
                PemFiles.certificatesOfFolder(instance.instance().certificates().resolve("anchors")));
        Map<String, Integer> entries = new TreeMap<>();
        BigInteger sum = BigInteger.ZERO;
        try (LDAPConnection connection = new LDAPConnection(
                tls.getSocketFactory(),
                "localhost",
                instance.endpoint(ServicePort.LDAPS).port())) {
            String secret = Files.readString(
                    instance.instance().secrets().resolve("ldap-client.secret"), StandardCharsets.UTF_8);
            connection.bind(LdapNames.serviceDn("client"), secret.strip());
            ASN1OctetString cookie = new ASN1OctetString();
            do {
                SearchRequest request = new SearchRequest(LdapNames.BASE, SearchScope.SUB, "(objectClass=*)");
                request.addControl(new SimplePagedResultsControl(PAGE, cookie, true));
                SearchResult page = connection.search(request);
                for (SearchResultEntry entry : page.getSearchEntries()) {
                    entries.merge(entry.getParentDNString(), 1, Integer::sum);
                    sum = sum.add(digest(entry.toLDIFString()));
                }
                cookie = SimplePagedResultsControl.get(page).getCookie();
            } while (cookie.getValueLength() > 0);
        }
        return new DirectoryContent(entries, sum.toString(16));
    }

    private static BigInteger digest(String text) {
        try {
            return new BigInteger(
                    1, MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
