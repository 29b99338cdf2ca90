package org.mssante.server.trust;

import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.id.InvalidIdentifierException;

/**
 * The name of a certificate's subject or issuer, comparable with what the trust list writes. Two names are equal where
 * every RDN is, in the same order, without regard to case and to the number of blanks: the rules of {@link LdapName},
 * under which all listed names parse (quotes inside values, quoted values, blanks after commas) and none merges with
 * another operator's. Immutable.
 */
public final class DistinguishedName {
    private static final String COMMON_NAME = "CN";

    private final LdapName name;

    private DistinguishedName(LdapName name) {
        this.name = name;
    }

    /**
     * Reads the form the trust list and the configuration hold, leaf first: {@code CN=…,OU=…,O=…,ST=…,C=FR}.
     *
     * @throws InvalidIdentifierException where it is not a distinguished name or an empty one
     */
    public static DistinguishedName parse(String text) {
        try {
            LdapName name = new LdapName(text);
            if (name.isEmpty()) {
                throw new InvalidIdentifierException("a distinguished name is empty");
            }
            return new DistinguishedName(name);
        } catch (InvalidNameException | IllegalArgumentException e) {
            InvalidIdentifierException invalid =
                    new InvalidIdentifierException("a distinguished name reads CN=…,OU=…,O=…,C=… (RFC 2253)");
            invalid.initCause(e);
            throw invalid;
        }
    }

    /** The name as a certificate encodes it. */
    public static DistinguishedName of(X500Principal principal) {
        return parse(principal.getName(X500Principal.RFC2253));
    }

    /** The CN; empty where there is none or more than one. */
    public Optional<String> commonName() {
        List<Rdn> commonNames = name.getRdns().stream()
                .filter(rdn -> rdn.getType().equalsIgnoreCase(COMMON_NAME))
                .toList();
        return commonNames.size() == 1
                ? Optional.of(commonNames.get(0).getValue().toString())
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinguishedName that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
