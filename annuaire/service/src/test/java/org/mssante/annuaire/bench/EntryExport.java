package org.mssante.annuaire.bench;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.index.Attribute;

/** Writes our whole directory as LDIF, page by page, parents first. */
final class EntryExport {
    private static final int PAGE = 1_000;

    private final LDAPConnection connection;
    private long written;

    EntryExport(LDAPConnection connection) {
        this.connection = connection;
    }

    /** @return how many entries there were */
    long write(Path ldif) throws IOException, LDAPException {
        try (BufferedWriter out = Files.newBufferedWriter(ldif, StandardCharsets.UTF_8)) {
            write(connection.getEntry(LdapNames.BASE), out);
            for (Entry branch : connection
                    .search(LdapNames.BASE, SearchScope.ONE, "(objectClass=*)")
                    .getSearchEntries()) {
                write(branch, out);
                writeBelow(branch.getDN(), out);
            }
        }
        return written;
    }

    private void writeBelow(String branch, BufferedWriter out) throws IOException, LDAPException {
        ASN1OctetString place = null;
        do {
            SearchRequest request = new SearchRequest(branch, SearchScope.ONE, "(objectClass=*)");
            request.addControl(new SimplePagedResultsControl(PAGE, place));
            SearchResult page = connection.search(request);
            for (Entry entry : page.getSearchEntries()) {
                write(entry, out);
            }
            place = SimplePagedResultsControl.get(page).getCookie();
        } while (place.getValueLength() > 0);
    }

    /** Without what only a server itself writes. */
    private void write(Entry entry, BufferedWriter out) throws IOException {
        Entry plain = new Entry(entry.getDN());
        for (Attribute attribute : Attribute.values()) {
            String[] values = entry.getAttributeValues(attribute.ldapName());
            if (values != null) {
                plain.addAttribute(attribute.ldapName(), values);
            }
        }
        out.write(plain.toLDIFString());
        out.write('\n');
        written++;
    }
}
