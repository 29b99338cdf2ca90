package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.MatchingRuleDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.id.MailAddress;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** The LDAP ports as a client sees them. */
final class LdapServerTest {
    private static final String MAILBOXES = LdapNames.branchDn(LdapNames.MAILBOXES);
    private static final MailAddress DR_TEST = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final String UNLISTED = "dr.discret@demo.medecin.mssante.fr";

    @TempDir
    static Path run;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;
    private static SSLContext tls;

    private final List<LDAPConnection> connections = new ArrayList<>();

    @BeforeAll
    static void start() {
        fixture = new AnnuaireFixture(run)
                .set("limits.professional-entries", "20")
                .set("limits.service-entries", "50")
                .set("limits.filter-depth", "4")
                .set("limits.filter-items", "12")
                .set("limits.message-bytes", "4096")
                .set("limits.login-time", "PT0.5S");
        service = fixture.start();
        tls = TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void hangUp() {
        connections.forEach(LDAPConnection::close);
    }

    // --- before anybody has logged in

    @Test
    void tellsAnybodyWhatItIs() throws LDAPException {
        Entry dse = anonymous().getRootDSE();

        assertThat(dse.getAttributeValues("namingContexts")).containsExactly(LdapNames.BASE);
        assertThat(dse.getAttributeValue("subschemaSubentry")).isEqualTo("cn=schema");
        assertThat(dse.hasAttributeValue("supportedControl", SimplePagedResultsControl.PAGED_RESULTS_OID))
                .isTrue();
        assertThat(dse.hasAttributeValue("supportedExtension", StartTLSExtendedRequest.STARTTLS_REQUEST_OID))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {LdapNames.BASE, "ou=bal,dc=mssante,dc=fr", "cn=schema", "dc=nowhere"})
    void showsNothingElseToAnybody(String base) throws LDAPException {
        assertThat(resultOf(anonymous(), new SearchRequest(base, SearchScope.SUB, "(objectClass=*)")))
                .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        assertThat(resultOf(anonymous(), new SearchRequest(base, SearchScope.BASE, "(objectClass=*)")))
                .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
    }

    @Test
    void refusesToHearPasswordInClear() throws LDAPException {
        LDAPConnection clear = keep(new LDAPConnection("localhost", fixture.ldapPort()));

        assertThat(bindResult(clear, LdapNames.mailboxDn(DR_TEST), fixture.secret(DR_TEST + ".password")))
                .isEqualTo(ResultCode.CONFIDENTIALITY_REQUIRED);
    }

    @Test
    void hearsPasswordAfterStartTls() throws LDAPException {
        LDAPConnection connection = keep(new LDAPConnection("localhost", fixture.ldapPort()));
        connection.processExtendedOperation(new StartTLSExtendedRequest(tls));

        assertThat(bindResult(connection, LdapNames.mailboxDn(DR_TEST), fixture.secret(DR_TEST + ".password")))
                .isEqualTo(ResultCode.SUCCESS);
        assertThat(connection.getEntry(LdapNames.mailboxDn(DR_TEST))).isNotNull();
    }

    @Test
    void takesNameWithoutPasswordForMistake() throws LDAPException {
        LDAPConnection connection = anonymous();
        connection.getConnectionOptions().setBindWithDNRequiresPassword(false);

        assertThat(bindResult(connection, LdapNames.mailboxDn(DR_TEST), "")).isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
    }

    @Test
    void asksNobodyForACertificateUnlessItIsToldTo() throws LDAPException {
        KeyMaterial client = KeyMaterial.load(run.resolve("certs/clients/labo.test@demo.mssante.fr"));
        SSLContext showing = TlsContexts.mutual(client, PemFiles.certificatesOfFolder(fixture.anchors()));
        LDAPConnection connection =
                keep(new LDAPConnection(showing.getSocketFactory(), "localhost", fixture.ldapsPort()));

        assertThat(connection.getRootDSE().getSupportedSASLMechanismNames()).containsExactly("PLAIN");
        assertThat(catchThrowableOfType(LDAPException.class, () -> connection.bind(new EXTERNALBindRequest()))
                        .getResultCode())
                .isEqualTo(ResultCode.INAPPROPRIATE_AUTHENTICATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail=personne@demo.mssante.fr,ou=bal,dc=mssante,dc=fr",
                "mail=labo.test@demo.mssante.fr,ou=bal,dc=mssante,dc=fr",
                "mail=no address,ou=bal,dc=mssante,dc=fr",
                "uid=nobody,ou=services,dc=mssante,dc=fr",
                "uid=810999010019,ou=personnes,dc=mssante,dc=fr",
                "ou=bal,dc=mssante,dc=fr",
                "dc=mssante,dc=fr",
                "cn=admin",
                "no name at all"
            })
    void answersEveryWrongNameLikeWrongPassword(String name) throws LDAPException {
        LDAPConnection connection = anonymous();
        LDAPException refusal =
                catchThrowableOfType(LDAPException.class, () -> connection.bind(name, "wrong password"));

        assertThat(refusal.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(refusal.getDiagnosticMessage()).isNull();
    }

    @Test
    void forgetsWhoItWasAfterFailedLogIn() throws LDAPException {
        LDAPConnection connection = professional();
        assertThat(bindResult(connection, LdapNames.serviceDn("bridge"), "wrong"))
                .isEqualTo(ResultCode.INVALID_CREDENTIALS);

        assertThat(resultOf(connection, new SearchRequest(MAILBOXES, SearchScope.ONE, "(cn=*)")))
                .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
    }

    @Test
    void hangsUpOnWhoeverNeverLogsIn() throws IOException {
        try (Socket silent = new Socket("localhost", fixture.ldapPort())) {
            silent.setSoTimeout(20_000);
            try (InputStream in = silent.getInputStream()) {
                // a notice of disconnection may come first (RFC 4511 §4.4.1)
                assertThat(in.readAllBytes().length).isLessThan(200);
            }
        }
    }

    // --- what a professional sees

    @Test
    void showsPublishedMailboxesToProfessionalsWithoutTechnicalAttributes() throws LDAPException {
        SearchResultEntry entry = professional().getEntry("mail=labo.test@demo.mssante.fr," + MAILBOXES, "*", "+");

        assertThat(entry.getAttributeValue("TypeBAL")).isEqualTo("APP");
        assertThat(entry.getAttributeValue("IdentifiantPM")).isEqualTo("99900002900010");
        assertThat(entry.getAttributeValue("TypeIdentifiantPM")).isEqualTo("SIRET");
        assertThat(entry.getAttributes())
                .extracting(Attribute::getName)
                .noneMatch(name -> name.startsWith("mssState")
                        || name.startsWith("mssMember")
                        || name.startsWith("mssCertificate")
                        || name.startsWith("mssDmp")
                        || name.startsWith("mssSigning")
                        || name.equals("listeRouge")
                        || name.equals("responsable"));
    }

    @Test
    void neverShowsUnlistedOrSuspendedMailboxesToProfessionals() throws LDAPException {
        LDAPConnection connection = professional();

        assertThat(connection.getEntry("mail=" + UNLISTED + "," + MAILBOXES)).isNull();
        assertThat(addresses(connection, "(mail=" + UNLISTED + ")")).isEmpty();
        assertThat(addresses(connection, "(sn=discret)")).isEmpty();
        assertThat(addresses(connection, "(mail=dr.suspendu@*)")).isEmpty();
        assertThat(addresses(service("server"), "(sn=discret)")).containsExactly(UNLISTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(responsable=*)",
                "(responsable=Exploitation*)",
                "(!(responsable=nobody))",
                "(mssDmpFiling=TRUE)",
                "(!(mssDmpFiling=TRUE))",
                "(mssMember=dr.test@demo.medecin.mssante.fr *)",
                "(|(listeRouge=TRUE)(listeRouge=FALSE))",
                "(noSuchAttribute=*)",
                "(!(sn:caseExactMatch:=nobody))",
                "(!(objectClass=ins*))",
                "(!(telephoneNumber>=0))",
                "(!(noSuchAttribute=x))"
            })
    void answersNothingAboutWhatProfessionalsMayNotRead(String filter) throws LDAPException {
        assertThat(addresses(professional(), filter)).isEmpty();
    }

    @Test
    void hidesTheServicesFromProfessionals() throws LDAPException {
        LDAPConnection connection = professional();

        assertThat(resultOf(
                        connection,
                        new SearchRequest("ou=services,dc=mssante,dc=fr", SearchScope.SUB, "(objectClass=*)")))
                .isEqualTo(ResultCode.NO_SUCH_OBJECT);
        assertThat(connection.search(LdapNames.BASE, SearchScope.ONE, "(ou=*)").getSearchEntries())
                .extracting(entry -> entry.getAttributeValue("ou"))
                .containsExactlyInAnyOrder("bal", "personnes", "structures");
    }

    @Test
    void givesProfessionalsOnlySoManyEntriesEvenByPages() throws LDAPException {
        LDAPConnection connection = professional();
        assertThat(resultOf(connection, new SearchRequest(MAILBOXES, SearchScope.ONE, "(mail=*)")))
                .isEqualTo(ResultCode.SIZE_LIMIT_EXCEEDED);

        Set<String> got = new HashSet<>();
        ASN1OctetString cookie = new ASN1OctetString();
        ResultCode last = ResultCode.SUCCESS;
        for (int page = 0; page < 10 && last.equals(ResultCode.SUCCESS); page++) {
            SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.ONE, "(mail=*)", "mail");
            request.addControl(new SimplePagedResultsControl(8, cookie));
            SearchResult result = answer(connection, request);
            result.getSearchEntries().forEach(entry -> got.add(entry.getDN()));
            last = result.getResultCode();
            cookie = SimplePagedResultsControl.get(result).getCookie();
        }
        assertThat(last).isEqualTo(ResultCode.SIZE_LIMIT_EXCEEDED);
        assertThat(got).hasSize(20);
    }

    // --- what a service sees

    @Test
    void showsServicesWhatTheyNeed() throws LDAPException {
        SearchResultEntry entry = service("bridge").getEntry("mail=labo.test@demo.mssante.fr," + MAILBOXES);

        assertThat(entry.getAttributeValue("mssState")).isEqualTo("ACTIVE");
        assertThat(entry.getAttributeValue("mssSigningPolicy")).isEqualTo("SIGN");
        assertThat(entry.getAttributeValue("mssCertificateSubject")).startsWith("CN=SIL-LABO-TEST,");
        assertThat(entry.getAttributeValue("responsable")).isNotEmpty();
    }

    @Test
    void givesServicesEverythingByPages() throws LDAPException {
        LDAPConnection connection = service("client");
        List<String> got = new ArrayList<>();
        ASN1OctetString cookie = new ASN1OctetString();
        do {
            SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.ONE, "(mail=*)", "mail");
            request.addControl(new SimplePagedResultsControl(50, cookie, true));
            SearchResult result = connection.search(request);
            result.getSearchEntries().forEach(entry -> got.add(entry.getDN()));
            cookie = SimplePagedResultsControl.get(result).getCookie();
        } while (cookie.getValueLength() > 0);

        assertThat(got).hasSizeGreaterThan(120).doesNotHaveDuplicates();
    }

    @Test
    void refusesCookieItHasNotGivenOut() throws LDAPException {
        SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.ONE, "(mail=*)");
        request.addControl(new SimplePagedResultsControl(5, new ASN1OctetString(new byte[32])));

        assertThat(resultOf(service("client"), request)).isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
    }

    // --- searches

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(sn=MARTIN)",
                "(givenName=elise)",
                "(cn=*Élise*)",
                "(&(cn=dr e*)(sn=martin)(l=MONTMODELE)(profession=10))",
                "(cn~=martin élise)",
                "(IdentifiantPP=10999010027)",
                "(&(mail>=dr.m)(mail<=dr.n))",
                "(&(mail=dr.m*)(!(sn=test)))",
                "(|(sn=martin)(sn=inconnu))",
                "(mail=DR.Martin@demo.medecin.mssante.fr)",
                "(surname=MARTIN)",
                "(2.5.4.4=martin)",
                "(sn:caseIgnoreMatch:=martin)",
                "(&(rfc822mailbox=*)(sn:=martin))"
            })
    void findsPersonAsAddressBooksAsk(String filter) throws LDAPException {
        assertThat(addresses(professional(), "(&(mail=*@demo.medecin.mssante.fr)" + filter + ")"))
                .containsExactly("dr.martin@demo.medecin.mssante.fr");
    }

    @Test
    void putsOurOwnMailboxInPlaceOfWhatTheRegisterSaysOfIt() throws LDAPException {
        assertThat(service("server")
                        .search(MAILBOXES, SearchScope.ONE, "(mail=" + DR_TEST + ")")
                        .getSearchEntries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getObjectClassValues()).contains("mssBalOperateur"));
    }

    @Test
    void findsMailboxesOfOtherOperatorsAndStructures() throws LDAPException {
        LDAPConnection connection = professional();

        assertThat(addresses(connection, "(&(TypeBAL=ORG)(ou=sorties*)(o=chu exemple))"))
                .containsExactly("sortie@chu-exemple.mssante.fr");
        assertThat(connection
                        .search("ou=structures,dc=mssante,dc=fr", SearchScope.SUB, "(o=*erables*)")
                        .getSearchEntries())
                .extracting(entry -> entry.getAttributeValue("o"))
                .contains("CENTRE HOSPITALIER \"LES ÉRABLES\"");
    }

    @Test
    void givesOneMailboxWithTwoAttachmentsOnce() throws LDAPException {
        SearchResult result =
                service("client").search(MAILBOXES, SearchScope.ONE, "(&(ou=SMUR)(mail=*@ch-fictif.mssante.fr))");

        assertThat(result.getSearchEntries())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.getAttributeValues("ou"))
                        .contains("SMUR")
                        .hasSizeGreaterThan(1));
    }

    @Test
    void givesTheAttributesThatWereAskedFor() throws LDAPException {
        LDAPConnection connection = professional();
        String dn = LdapNames.mailboxDn(DR_TEST);

        assertThat(connection.getEntry(dn, "SN", "noSuchAttribute").getAttributes())
                .extracting(Attribute::getName)
                .containsExactly("sn");
        assertThat(connection.getEntry(dn, "surname", "2.5.4.42").getAttributes())
                .extracting(Attribute::getName)
                .containsExactlyInAnyOrder("sn", "givenName");
        assertThat(connection.getEntry(dn, "1.1").getAttributes()).isEmpty();
        SearchRequest typesOnly = new SearchRequest(
                dn, SearchScope.BASE, DereferencePolicy.NEVER, 0, 0, true, Filter.create("(sn=*)"), "sn");
        assertThat(connection
                        .search(typesOnly)
                        .getSearchEntries()
                        .get(0)
                        .getAttribute("sn")
                        .hasValue())
                .isFalse();
    }

    @Test
    void publishesItsSchema() throws LDAPException {
        Entry schema = professional().getEntry("cn=schema", "attributeTypes", "objectClasses");

        assertThat(schema.getAttributeValues("attributeTypes")).anyMatch(type -> type.contains("NAME 'TypeBAL'"));
        assertThatCodeParses(schema);
        assertThat(professional().getEntry("cn=schema").hasAttribute("attributeTypes"))
                .as("only where asked for by name")
                .isFalse();
    }

    @Test
    void publishesTheRulesAndSyntaxesThatItsAttributesName() throws LDAPException {
        Schema schema = new Schema(professional()
                .getEntry("cn=schema", "attributeTypes", "objectClasses", "matchingRules", "ldapSyntaxes"));

        for (AttributeTypeDefinition type : schema.getAttributeTypes()) {
            assertThat(schema.getAttributeSyntax(type.getSyntaxOID(schema)))
                    .as(type.getNameOrOID())
                    .isNotNull();
            for (String rule : Stream.of(
                            type.getEqualityMatchingRule(schema),
                            type.getOrderingMatchingRule(schema),
                            type.getSubstringMatchingRule(schema))
                    .filter(Objects::nonNull)
                    .toList()) {
                MatchingRuleDefinition published = schema.getMatchingRule(rule);
                assertThat(published).as(rule).isNotNull();
                assertThat(schema.getAttributeSyntax(published.getSyntaxOID()))
                        .as(rule)
                        .isNotNull();
            }
        }
        assertThat(professional()
                        .getEntry(LdapNames.mailboxDn(DR_TEST), "subschemaSubentry")
                        .getAttributeValue("subschemaSubentry"))
                .isEqualTo("cn=schema");
    }

    private static void assertThatCodeParses(Entry schema) throws LDAPException {
        Map<String, String> identifiers = new HashMap<>();
        for (String type : schema.getAttributeValues("attributeTypes")) {
            AttributeTypeDefinition definition = new AttributeTypeDefinition(type);
            identifiers.put(definition.getNames()[0], definition.getOID());
        }
        assertThat(identifiers)
                .containsEntry("sn", "2.5.4.4")
                .containsEntry("preferredLanguage", "2.16.840.1.113730.3.1.39")
                .containsEntry("telephoneNumber", "2.5.4.20");
        assertThat(identifiers.get("TypeBAL")).startsWith("2.25.");
        Set<String> classes = new HashSet<>();
        for (String definition : schema.getAttributeValues("objectClasses")) {
            classes.addAll(Arrays.asList(new ObjectClassDefinition(definition).getNames()));
        }
        assertThat(classes).contains("inetOrgPerson", "mssBal", "mssBalOperateur");
    }

    @Test
    void tellsWhoIsLoggedIn() throws LDAPException {
        assertThat(((WhoAmIExtendedResult) professional().processExtendedOperation(new WhoAmIExtendedRequest()))
                        .getAuthorizationID())
                .isEqualTo("dn:" + LdapNames.mailboxDn(DR_TEST));
    }

    // --- what nobody may

    @Test
    void refusesEveryWrite() throws LDAPException {
        LDAPConnection connection = service("server");
        String dn = LdapNames.mailboxDn(DR_TEST);

        assertUnwilling(() -> connection.modify(dn, new Modification(ModificationType.REPLACE, "sn", "X")));
        assertUnwilling(() -> connection.delete(dn));
        assertUnwilling(() -> connection.modifyDN(dn, "mail=x@demo.mssante.fr", true));
        assertUnwilling(
                () -> connection.add("mail=x@demo.mssante.fr," + MAILBOXES, new Attribute("objectClass", "mssBal")));
        assertUnwilling(() -> connection.compare(dn, "sn", "TEST"));
    }

    @Test
    void refusesFiltersBeyondItsLimitsAndTakesThoseOnThem() throws LDAPException {
        LDAPConnection connection = professional();

        assertThat(filterResult(connection, "(!(!(!(sn=x))))")).isEqualTo(ResultCode.SUCCESS);
        assertThat(filterResult(connection, "(!(!(!(!(sn=x)))))")).isEqualTo(ResultCode.ADMIN_LIMIT_EXCEEDED);
        assertThat(filterResult(connection, "(|" + "(sn=x)".repeat(11) + ")")).isEqualTo(ResultCode.SUCCESS);
        assertThat(filterResult(connection, "(|" + "(sn=x)".repeat(12) + ")"))
                .isEqualTo(ResultCode.ADMIN_LIMIT_EXCEEDED);
    }

    @Test
    void hangsUpOnMessagesBeyondItsLimit() throws LDAPException {
        LDAPConnection connection = professional();

        assertThatThrownBy(() -> connection.search(
                        MAILBOXES, SearchScope.ONE, Filter.createEqualityFilter("sn", "x".repeat(5_000))))
                .isInstanceOf(LDAPException.class);
        assertThat(addresses(professional(), "(sn=martin)"))
                .as("others are served")
                .isNotEmpty();
    }

    @Test
    void refusesCriticalControlsItDoesNotKnow() throws LDAPException {
        SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.ONE, "(sn=x)");
        request.addControl(new Control("1.2.3.4", true));

        assertThat(resultOf(professional(), request)).isEqualTo(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);
    }

    @Test
    void tellsNamesThatAreNone() throws LDAPException {
        assertThat(resultOf(professional(), new SearchRequest("no name", SearchScope.BASE, "(sn=x)")))
                .isEqualTo(ResultCode.INVALID_DN_SYNTAX);
        assertThat(resultOf(professional(), new SearchRequest("dc=fr", SearchScope.SUB, "(sn=x)")))
                .isEqualTo(ResultCode.NO_SUCH_OBJECT);
        assertThat(resultOf(professional(), new SearchRequest("cn=x,sn=y," + MAILBOXES, SearchScope.SUB, "(sn=x)")))
                .isEqualTo(ResultCode.NO_SUCH_OBJECT);
    }

    // --- tools

    private LDAPConnection anonymous() throws LDAPException {
        return keep(new LDAPConnection(tls.getSocketFactory(), "localhost", fixture.ldapsPort()));
    }

    private LDAPConnection professional() throws LDAPException {
        LDAPConnection connection = anonymous();
        connection.bind(LdapNames.mailboxDn(DR_TEST), fixture.secret(DR_TEST + ".password"));
        return connection;
    }

    private LDAPConnection service(String name) throws LDAPException {
        LDAPConnection connection = anonymous();
        connection.bind(LdapNames.serviceDn(name), fixture.secret("ldap-" + name + ".secret"));
        return connection;
    }

    private LDAPConnection keep(LDAPConnection connection) {
        connections.add(connection);
        return connection;
    }

    private static List<String> addresses(LDAPConnection connection, String filter) throws LDAPException {
        return connection.search(MAILBOXES, SearchScope.ONE, filter, "mail").getSearchEntries().stream()
                .map(entry -> entry.getAttributeValue("mail"))
                .toList();
    }

    private static ResultCode filterResult(LDAPConnection connection, String filter) throws LDAPException {
        return resultOf(connection, new SearchRequest(MAILBOXES, SearchScope.BASE, filter));
    }

    private static ResultCode resultOf(LDAPConnection connection, SearchRequest request) {
        return answer(connection, request).getResultCode();
    }

    private static SearchResult answer(LDAPConnection connection, SearchRequest request) {
        try {
            return connection.search(request);
        } catch (LDAPSearchException e) {
            return e.getSearchResult();
        }
    }

    private static ResultCode bindResult(LDAPConnection connection, String dn, String password) {
        try {
            return connection.bind(dn, password).getResultCode();
        } catch (LDAPException e) {
            return e.getResultCode();
        }
    }

    private static void assertUnwilling(ThrowingCallable write) {
        assertThat(catchThrowableOfType(LDAPException.class, write).getResultCode())
                .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
    }
}
