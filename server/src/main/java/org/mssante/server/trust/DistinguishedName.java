package org.mssante.server.trust;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.BasicAttribute;
import javax.naming.directory.BasicAttributes;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.id.InvalidIdentifierException;

/**
 * The name of a certificate's subject or issuer, comparable with what the trust list writes. Two names are equal where
 * every RDN is, in the same order, without regard to case and to the number of blanks (X.520 caseIgnoreMatch). {@link LdapName}
 * parses all listed names (quotes inside values, quoted values, blanks after commas) and compares them but for blanks
 * inside a value. Immutable.
 */
public final class DistinguishedName {
    private static final String COMMON_NAME = "CN";

    private static final Pattern BLANKS = Pattern.compile(" +");

    private final LdapName name;
    private final LdapName comparable;

    private DistinguishedName(LdapName name) throws InvalidNameException {
        this.name = name;
        List<Rdn> rdns = new ArrayList<>();
        for (Rdn rdn : name.getRdns()) {
            rdns.add(new Rdn(withSingleBlanks(rdn.toAttributes())));
        }
        this.comparable = new LdapName(rdns);
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

    /** Only U+0020: a no-break space is a letter like others (mssante §2.7). */
    private static Attributes withSingleBlanks(Attributes values) throws InvalidNameException {
        try {
            Attributes single = new BasicAttributes(true);
            for (Attribute attribute : Collections.list(values.getAll())) {
                Attribute copy = new BasicAttribute(attribute.getID());
                for (Object value : Collections.list(attribute.getAll())) {
                    copy.add(
                            value instanceof String text
                                    ? trimmed(BLANKS.matcher(text).replaceAll(" "))
                                    : value);
                }
                single.put(copy);
            }
            return single;
        } catch (NamingException e) {
            InvalidNameException invalid = new InvalidNameException("a value of the name is not readable");
            invalid.initCause(e);
            throw invalid;
        }
    }

    private static String trimmed(String text) {
        int start = text.startsWith(" ") ? 1 : 0;
        int end = text.length() > start && text.endsWith(" ") ? text.length() - 1 : text.length();
        return text.substring(start, end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinguishedName that && comparable.equals(that.comparable);
    }

    @Override
    public int hashCode() {
        return comparable.hashCode();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
