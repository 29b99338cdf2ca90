package org.mssante.annuaire.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ServerSideSortRequestControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortResponseControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.controls.SortKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.AnnuaireService;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.annuaire.index.Matching;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** Address books of mail clients, with the filters they send, and what a person who types expects to see. */
final class AddressBookTest {
    private static final String MAILBOXES = LdapNames.branchDn(LdapNames.MAILBOXES);
    private static final String DR_TEST = "dr.test@demo.medecin.mssante.fr";
    private static final String DR_MARTIN = "dr.martin@demo.medecin.mssante.fr";
    private static final String DUPUITS = "noe.dupuits@demo.mssante.fr";
    private static final String OEUVRARD = "beatrice.oeuvrard@medecin-fictif.mssante.fr";
    private static final String PHARMACY = "pharmacie.dupuits@demo.mssante.fr";

    /** Thunderbird, a name being typed into a message: the words in {@code cn} follow each other, the last is begun. */
    private static final String THUNDERBIRD_TYPING = "(|(cn=*{*}*)(mail=*{}*)(givenName=*{1}*)(sn=*{}*))";

    /** Thunderbird's address book: this for each word, all of them. */
    private static final String THUNDERBIRD_WORD =
            "(|(cn=*{}*)(commonname=*{}*)(givenName=*{}*)(sn=*{}*)(surname=*{}*)(mozillaNickname=*{}*)"
                    + "(xmozillanickname=*{}*)(mail=*{}*)(mozillaSecondEmail=*{}*)(o=*{}*)(company=*{}*)(ou=*{}*)"
                    + "(department=*{}*)(departmentNumber=*{}*)(orgunit=*{}*)(title=*{}*)(workurl=*{}*)(labeledURI=*{}*)"
                    + "(homeurl=*{}*))";

    /** Outlook's LDAP service, as its registry holds it. */
    private static final String OUTLOOK = "(&(mail=*)(|(mail={}*)(|(cn={}*)(|(sn={}*)(givenName={}*)))))";

    /** Contacts of iOS and macOS. */
    private static final String APPLE =
            "(|(o={}*)(cn={}*)(ou={}*)(sn={}*)(mail={}*)(IMHandle={}*)(givenname={}*)(postalAddress={}*)"
                    + "(telephoneNumber={}*))";

    @TempDir
    static Path run;

    private static AnnuaireService service;
    private static LDAPConnection professional;
    private static LDAPConnection server;

    @BeforeAll
    static void start() throws LDAPException {
        AnnuaireFixture fixture = new AnnuaireFixture(run).set("limits.service-entries", "5");
        service = fixture.start();
        professional = connection(fixture);
        professional.bind("mail=" + DR_TEST + "," + MAILBOXES, fixture.secret(DR_TEST + ".password"));
        server = connection(fixture);
        server.bind(LdapNames.serviceDn("server"), fixture.secret("ldap-server.secret"));
    }

    private static LDAPConnection connection(AnnuaireFixture fixture) throws LDAPException {
        return new LDAPConnection(
                TlsContexts.trusting(PemFiles.certificatesOfFolder(fixture.anchors()))
                        .getSocketFactory(),
                "localhost",
                fixture.ldapsPort());
    }

    @AfterAll
    static void stop() {
        professional.close();
        server.close();
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "dupuits," + DUPUITS,
        "DUPUITS," + DUPUITS,
        "noé," + DUPUITS,
        "noe," + DUPUITS,
        "noe dup," + DUPUITS,
        "noe.dup," + DUPUITS,
        "elise martin," + DR_MARTIN,
        "Élise Martin," + DR_MARTIN,
        "martin elise," + DR_MARTIN,
        "MARTIN Él," + DR_MARTIN,
        "dupuits noé," + DUPUITS,
        "oeuvrard beatrice," + OEUVRARD,
        "pharmacie du p," + PHARMACY
    })
    void showWhoeverIsTyped(String typed, String expected) throws LDAPException {
        assertThat(found(thunderbirdTyping(typed)))
                .as("Thunderbird, in a message")
                .contains(expected);
        assertThat(found(thunderbird(typed)))
                .as("Thunderbird, in its address book")
                .contains(expected);
        assertThat(found(OUTLOOK.replace("{}", typed))).as("Outlook").contains(expected);
        assertThat(found(APPLE.replace("{}", typed))).as("Apple").contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"montmodele dupuits nobody", "discret", "zzz"})
    void showNobodyElse(String typed) throws LDAPException {
        assertThat(found(thunderbirdTyping(typed))).isEmpty();
        assertThat(found(thunderbird(typed))).isEmpty();
        assertThat(found(OUTLOOK.replace("{}", typed))).isEmpty();
        assertThat(found(APPLE.replace("{}", typed))).isEmpty();
    }

    @Test
    void showTheProfessionAsTitleAndFindByIt() throws LDAPException {
        SearchResultEntry shown = professional.getEntry("mail=" + DR_MARTIN + "," + MAILBOXES, "title", "cn");

        assertThat(shown.getAttributeValues("title")).containsExactly("Médecin", "Docteur");
        assertThat(shown.getAttributeValues("cn")).contains("ÉLISE MARTIN", "MARTIN ÉLISE");
        assertThat(found("(title=medecin)"))
                .isEqualTo(found("(professionLabel=médecin)"))
                .contains(DR_MARTIN);
        assertThat(found("(title=méd*)")).isEqualTo(found("(professionLabel=méd*)"));
        assertThat(found("(title=docteur)")).contains(DR_MARTIN);
        assertThat(found("(&(sn=martin)(!(title=médecin)))")).doesNotContain(DR_MARTIN);
        assertThat(found("(&(mail=" + PHARMACY + ")(title=*))")).isEmpty();
        assertThat(found(thunderbird("martin médecin"))).contains(DR_MARTIN);
    }

    @Test
    void sortAsTheyAskForIt() throws LDAPException {
        SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.SUB, "(mail=*@demo*)", "sn", "mail");
        request.addControl(new ServerSideSortRequestControl(
                true, new SortKey("sn", true), new SortKey("mail", "caseIgnoreOrderingMatch", false)));

        SearchResult result = professional.search(request);

        assertThat(ServerSideSortResponseControl.get(result).getResultCode()).isEqualTo(ResultCode.SUCCESS);
        List<List<String>> rows = result.getSearchEntries().stream()
                .map(entry ->
                        List.of(Matching.TEXT.normal(entry.getAttributeValue("sn")), entry.getAttributeValue("mail")))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(3)
                .isSortedAccordingTo(Comparator.comparing((List<String> row) -> row.get(0))
                        .reversed()
                        .thenComparing(row -> row.get(1)));
    }

    @Test
    void findWhatHasNoSuchValueAtTheEnd() throws LDAPException {
        SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.SUB, "(mail=*@demo*)", "givenName");
        request.addControl(new ServerSideSortRequestControl(new SortKey("givenName")));

        List<Boolean> named = professional.search(request).getSearchEntries().stream()
                .map(entry -> entry.hasAttribute("givenName"))
                .toList();

        assertThat(named).contains(true, false).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense,,NO_SUCH_ATTRIBUTE",
        "responsable,,NO_SUCH_ATTRIBUTE",
        "telephoneNumber,,INAPPROPRIATE_MATCHING",
        "sn,integerOrderingMatch,INAPPROPRIATE_MATCHING"
    })
    void areToldWhatCannotBeSorted(String attribute, String rule, String why) throws LDAPException {
        SortKey key = new SortKey(attribute, rule, false);
        ResultCode expected =
                why.equals("NO_SUCH_ATTRIBUTE") ? ResultCode.NO_SUCH_ATTRIBUTE : ResultCode.INAPPROPRIATE_MATCHING;

        SearchResult lenient = search(new ServerSideSortRequestControl(false, key));
        assertThat(lenient.getResultCode()).isEqualTo(ResultCode.SUCCESS);
        assertThat(lenient.getEntryCount()).isPositive();
        assertThat(ServerSideSortResponseControl.get(lenient).getResultCode()).isEqualTo(expected);

        SearchResult strict = search(new ServerSideSortRequestControl(true, key));
        assertThat(strict.getResultCode()).isEqualTo(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);
        assertThat(strict.getEntryCount()).isZero();
        assertThat(ServerSideSortResponseControl.get(strict).getResultCode()).isEqualTo(expected);
    }

    @Test
    void getPagesThatAreSortedAsOneWhole() throws LDAPException {
        SearchRequest whole = new SearchRequest(MAILBOXES, SearchScope.SUB, "(mail=*@demo*)", "mail");
        whole.addControl(new ServerSideSortRequestControl(true, new SortKey("mail", true)));
        List<String> expected = addresses(professional.search(whole));

        assertThat(pages(professional, true)).isEqualTo(expected).hasSizeGreaterThan(5);
    }

    @Test
    void areToldWhereThereIsTooMuchToSort() throws LDAPException {
        assertThat(pages(server, false)).hasSizeGreaterThan(5).doesNotHaveDuplicates();

        assertThat(catchThrowableOfType(LDAPSearchException.class, () -> pages(server, true))
                        .getResultCode())
                .isEqualTo(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION);
    }

    @Test
    void cannotGoOnUnsortedWherePagesWereSorted() throws LDAPException {
        SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.SUB, "(mail=*@demo*)", "mail");
        request.addControl(new ServerSideSortRequestControl(new SortKey("mail")));
        request.addControl(new SimplePagedResultsControl(2));
        SearchResult first = professional.search(request);
        SearchRequest next = new SearchRequest(MAILBOXES, SearchScope.SUB, "(mail=*@demo*)", "mail");
        next.addControl(new SimplePagedResultsControl(
                2, SimplePagedResultsControl.get(first).getCookie()));

        assertThat(catchThrowableOfType(LDAPSearchException.class, () -> professional.search(next))
                        .getResultCode())
                .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
    }

    /** All pages, of two each, from the last address to the first one. */
    private static List<String> pages(LDAPConnection connection, boolean critical) throws LDAPException {
        List<String> addresses = new ArrayList<>();
        ASN1OctetString cookie = new ASN1OctetString();
        do {
            SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.SUB, "(mail=*@demo*)", "mail");
            request.addControl(new ServerSideSortRequestControl(critical, new SortKey("mail", true)));
            request.addControl(new SimplePagedResultsControl(2, cookie));
            SearchResult page = connection.search(request);
            assertThat(page.getEntryCount()).isLessThanOrEqualTo(2);
            assertThat(ServerSideSortResponseControl.get(page).getResultCode())
                    .isEqualTo(critical ? ResultCode.SUCCESS : ResultCode.ADMIN_LIMIT_EXCEEDED);
            addresses.addAll(addresses(page));
            cookie = SimplePagedResultsControl.get(page).getCookie();
        } while (cookie.getValueLength() > 0);
        return addresses;
    }

    private static List<String> addresses(SearchResult result) {
        return result.getSearchEntries().stream()
                .map(entry -> entry.getAttributeValue("mail"))
                .toList();
    }

    private static SearchResult search(ServerSideSortRequestControl sorting) throws LDAPException {
        SearchRequest request = new SearchRequest(MAILBOXES, SearchScope.SUB, "(mail=*@demo*)", "sn");
        request.addControl(sorting);
        try {
            return professional.search(request);
        } catch (LDAPSearchException e) {
            return e.getSearchResult();
        }
    }

    private static List<String> found(String filter) throws LDAPException {
        return professional
                .search(LdapNames.BASE, SearchScope.SUB, Filter.create(filter), "mail")
                .getSearchEntries()
                .stream()
                .filter(entry -> entry.hasAttribute("mail"))
                .map(entry -> entry.getAttributeValue("mail"))
                .toList();
    }

    private static String thunderbirdTyping(String typed) {
        return THUNDERBIRD_TYPING
                .replace("{*}", String.join("*", typed.split(" ", -1)))
                .replace("{1}", typed.split(" ", -1)[0])
                .replace("{}", typed);
    }

    private static String thunderbird(String typed) {
        return Arrays.stream(typed.split(" ", -1))
                .map(word -> THUNDERBIRD_WORD.replace("{}", word))
                .collect(Collectors.joining("", "(&(objectclass=*)(&", "))"));
    }
}
