package org.mssante.annuaire.bench;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import javax.net.ssl.SSLContext;
import org.mssante.annuaire.api.LdapNames;

/** What is asked of our directory and of another one alike. */
final class LdapQuestions {
    private static final String MAILBOXES = LdapNames.branchDn(LdapNames.MAILBOXES);

    private LdapQuestions() {}

    /** Under TLS (StartTLS), logged in. */
    static LDAPConnection connection(int port, SSLContext tls, String dn, String password) throws LDAPException {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        // as the services do: what hands answers over from a thread that reads to one that asks is not to be measured
        options.setUseSynchronousMode(true);
        LDAPConnection connection = new LDAPConnection(options, "localhost", port);
        connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
        connection.bind(dn, password);
        return connection;
    }

    static Asking.Question mail(LDAPConnection connection) {
        return mailbox -> found(connection, Filter.createEqualityFilter(LdapNames.MAIL, mailbox.address()));
    }

    static Asking.Question nameAndTown(LDAPConnection connection) {
        return mailbox -> found(
                connection,
                Filter.createANDFilter(
                        Filter.createSubAnyFilter(LdapNames.COMMON_NAME, mailbox.name()),
                        Filter.createSubAnyFilter("l", mailbox.town())));
    }

    private static boolean found(LDAPConnection connection, Filter filter) throws LDAPException {
        return connection.search(MAILBOXES, SearchScope.ONE, filter).getEntryCount() > 0;
    }
}
