package org.mssante.annuaire.ldap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import java.util.List;
import java.util.Set;
import org.mssante.annuaire.api.LdapNames;

/** What the server says of itself to anybody (RFC 4512 §5.1). */
final class RootDse {
    /** Operational by RFC 4512 §5.1, yet given for {@code *} too: address books ask for that alone. */
    static final Set<String> OPERATIONAL = Set.of("vendorName");

    private RootDse() {}

    /** @param mechanisms of SASL that are of use on the connection */
    static Entry entry(List<String> mechanisms) {
        Entry entry = new Entry("");
        entry.addAttribute("objectClass", "top");
        entry.addAttribute("namingContexts", LdapNames.BASE);
        entry.addAttribute(DirectorySchema.SUBENTRY, DirectorySchema.DN);
        entry.addAttribute("supportedLDAPVersion", "3");
        entry.addAttribute("supportedControl", SimplePagedResultsControl.PAGED_RESULTS_OID, Sorting.OID);
        entry.addAttribute(
                "supportedExtension",
                StartTLSExtendedRequest.STARTTLS_REQUEST_OID,
                WhoAmIExtendedRequest.WHO_AM_I_REQUEST_OID);
        if (!mechanisms.isEmpty()) {
            entry.addAttribute("supportedSASLMechanisms", mechanisms);
        }
        // RFC 4526 (true and false filters), RFC 3673 (all operational attributes)
        entry.addAttribute("supportedFeatures", "1.3.6.1.4.1.4203.1.5.3", "1.3.6.1.4.1.4203.1.5.1");
        entry.addAttribute("vendorName", "MSSante");
        return entry;
    }
}
