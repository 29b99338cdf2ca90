package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/**
 * Random filters find the same entries in our directory and in OpenLDAP's, which has taken our published schema and our entries.
 * {@code -Dmssante.filters=N} asks N of each kind of reader, {@code -Dmssante.filters.seed=N} plays others.
 *
 * <p>Ours differs by intent, and the test knows it, in these points:
 *
 * <ul>
 *   <li>Texts compare without accents and ligatures, and with either apostrophe: slapd holds them, and is asked for them, without.
 *   <li>Telephone numbers compare as they are dialled in France: slapd holds them, and is asked for them, so.
 *   <li>cn, uid and description have an order, as all texts; slapd's own definitions of them have none.
 *   <li>A blank at the edge of a part of a substring filter also stands for the edge of the value (RFC 4518 §2.6.1); slapd knows
 *       it only within a value: not asked.
 *   <li>{@code :rule:=} is equality where the rule is that of the attribute; slapd takes others: not asked.
 *   <li>The name of an object class that nobody has is false in ours, undefined in slapd; a DN that is none as well.
 *   <li>{@code ~=} compares words, in slapd it compares sounds: not asked.
 *   <li>An attribute with options (cn;lang-fr) is undefined in ours, absent in slapd: not asked. So are supertypes (name).
 * </ul>
 */
final class OpenLdapAgreementTest {
    private static final int FILTERS = Integer.getInteger("mssante.filters", 1_250);
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");

    /** What the two sides hold of a text, apart from case and blanks, which both leave out of account. */
    private static final Map<String, String> BARE = Map.ofEntries(
            Map.entry("é", "e"),
            Map.entry("è", "e"),
            Map.entry("ê", "e"),
            Map.entry("ë", "e"),
            Map.entry("à", "a"),
            Map.entry("â", "a"),
            Map.entry("ä", "a"),
            Map.entry("î", "i"),
            Map.entry("ï", "i"),
            Map.entry("ô", "o"),
            Map.entry("ö", "o"),
            Map.entry("ù", "u"),
            Map.entry("û", "u"),
            Map.entry("ü", "u"),
            Map.entry("ç", "c"),
            Map.entry("É", "E"),
            Map.entry("È", "E"),
            Map.entry("Ê", "E"),
            Map.entry("Ë", "E"),
            Map.entry("À", "A"),
            Map.entry("Â", "A"),
            Map.entry("Î", "I"),
            Map.entry("Ï", "I"),
            Map.entry("Ô", "O"),
            Map.entry("Û", "U"),
            Map.entry("Ç", "C"),
            Map.entry("Å", "A"),
            Map.entry("å", "a"),
            Map.entry("ż", "z"),
            Map.entry("ó", "o"),
            Map.entry("ć", "c"),
            Map.entry("Ż", "Z"),
            Map.entry("Ó", "O"),
            Map.entry("Ć", "C"),
            Map.entry("œ", "oe"),
            Map.entry("Œ", "OE"),
            Map.entry("æ", "ae"),
            Map.entry("Æ", "AE"),
            Map.entry("’", "'"));

    private final long seed =
            Optional.ofNullable(Long.getLong("mssante.filters.seed")).orElse(20_261_126L);

    @TempDir
    static Path folder;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;
    private static Slapd slapd;
    private static List<Entry> entries;

    @BeforeAll
    static void start() throws IOException, LDAPException {
        Slapd.assumeInstalled();
        Path extracts = folder.resolve("extracts");
        new OddRegister(new Random(1)).write(extracts);
        fixture = new AnnuaireFixture(folder)
                .set("register.extracts", extracts.toString())
                .set("limits.service-entries", "5000")
                .set("limits.professional-entries", "5000");
        service = fixture.start();
        try (LDAPConnection connection = service("server")) {
            entries = List.copyOf(connection
                    .search(LdapNames.BASE, SearchScope.SUB, "(objectClass=*)")
                    .getSearchEntries());
            slapd = Slapd.start(
                    folder.resolve("slapd"),
                    connection.getEntry("cn=schema", "attributeTypes", "objectClasses"),
                    entries.stream().map(OpenLdapAgreementTest::theirs).toList(),
                    access());
        }
    }

    @AfterAll
    static void stop() {
        if (slapd != null) {
            slapd.close();
        }
        if (service != null) {
            service.close();
        }
    }

    @Test
    void servicesFindTheSameEntries() throws LDAPException {
        try (LDAPConnection ours = service("server");
                LDAPConnection theirs = slapd.service()) {
            agree(ours, theirs, new Random(seed));
        }
    }

    @Test
    void professionalsFindTheSameEntriesWhereTheSameIsHiddenFromThem() throws LDAPException {
        try (LDAPConnection ours = connection();
                LDAPConnection theirs = slapd.anonymous()) {
            ours.bind(LdapNames.mailboxDn(PERSON), fixture.secret(PERSON + ".password"));
            agree(ours, theirs, new Random(seed + 1));
        }
    }

    private static void agree(LDAPConnection ours, LDAPConnection theirs, Random random) throws LDAPException {
        RandomFilters filters = new RandomFilters(random, entries, OpenLdapAgreementTest::bare);
        int found = 0;
        int left = 0;
        List<String> disagreements = new ArrayList<>();
        for (int i = 0; i < FILTERS; i++) {
            RandomFilters.Pair filter = filters.next();
            Set<DN> expected = find(theirs, filter.theirs());
            Set<DN> answered = find(ours, filter.ours());
            if (!answered.equals(expected)) {
                disagreements.add("%s finds %s, in slapd (as %s) %s"
                        .formatted(
                                filter.ours(),
                                without(answered, expected),
                                filter.theirs(),
                                without(expected, answered)));
            }
            found += expected.isEmpty() ? 0 : 1;
            left += expected.size() == entries.size() ? 0 : 1;
        }
        assertThat(disagreements).isEmpty();
        assertThat(found).as("filters that find something").isGreaterThan(FILTERS / 3);
        assertThat(left).as("filters that leave something out").isGreaterThan(FILTERS / 2);
    }

    /** What one has found and the other has not, the first few. */
    private static List<String> without(Set<DN> one, Set<DN> other) {
        return one.stream()
                .filter(dn -> !other.contains(dn))
                .map(DN::toString)
                .sorted()
                .limit(3)
                .toList();
    }

    private static Set<DN> find(LDAPConnection connection, Filter filter) throws LDAPException {
        Set<DN> found = new HashSet<>();
        for (Entry entry : connection
                .search(new SearchRequest(LdapNames.BASE, SearchScope.SUB, filter, "1.1"))
                .getSearchEntries()) {
            found.add(entry.getParsedDN());
        }
        return found;
    }

    /** The rules of the operator guide once more: services alone see branches, attributes and mailboxes that are theirs. */
    private static List<String> access() {
        List<String> hidden = new ArrayList<>();
        for (Attribute attribute : Attribute.values()) {
            if (attribute.audience() == Audience.SERVICES) {
                hidden.add(attribute.ldapName());
            }
        }
        return List.of(
                "access to dn.subtree=\"" + LdapNames.branchDn(LdapNames.SERVICES) + "\" by * none",
                "access to filter=(&(" + LdapNames.STATE + "=*)(|(" + LdapNames.UNLISTED + "=TRUE)(!(" + LdapNames.STATE
                        + "=ACTIVE)))) by * none",
                "access to attrs=" + String.join(",", hidden) + " by * none",
                "access to * by * read");
    }

    private static Entry theirs(Entry entry) {
        Entry bare = new Entry(entry.getDN());
        for (Attribute attribute : Attribute.values()) {
            String[] values = entry.getAttributeValues(attribute.ldapName());
            if (values != null) {
                for (String value : values) {
                    bare.addAttribute(
                            attribute.ldapName(), RandomFilters.theirs(attribute, value, OpenLdapAgreementTest::bare));
                }
            }
        }
        return bare;
    }

    private static String bare(String text) {
        String bare = text;
        for (Map.Entry<String, String> letter : BARE.entrySet()) {
            bare = bare.replace(letter.getKey(), letter.getValue());
        }
        return bare;
    }

    private static LDAPConnection service(String name) throws LDAPException {
        LDAPConnection connection = connection();
        connection.bind(LdapNames.serviceDn(name), fixture.secret("ldap-" + name + ".secret"));
        return connection;
    }

    private static LDAPConnection connection() throws LDAPException {
        SSLContext tls = TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()));
        return new LDAPConnection(tls.getSocketFactory(), "localhost", fixture.ldapsPort());
    }
}
