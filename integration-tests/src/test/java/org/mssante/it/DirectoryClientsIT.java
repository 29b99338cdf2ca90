package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.PagedResultsControl;
import javax.naming.ldap.PagedResultsResponseControl;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.program.InstalledProgram;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.it.client.Program;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;

/** The same question gets the same answer, whichever client asks it: ldapsearch, curl, Python, Java; and FHIR beside LDAP. */
@Timeout(300)
class DirectoryClientsIT {
    private static final String MAILBOXES = LdapNames.branchDn(LdapNames.MAILBOXES);
    private static final String SERVICE = LdapNames.serviceDn("client");
    private static final int FHIR_PORT = 10_643;
    private static final Pattern MAIL = Pattern.compile("(?m)^\\s*mail:(:?) (.*)$");

    private static TestInstance instance;

    @BeforeAll
    static void start() {
        instance = TestInstance.prepare("directory-clients").withCertificates().up(ServiceKind.ANNUAIRE);
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(mail=*)",
                "(sn=martin)",
                "(cn=*hélène*)",
                "(cn=*helene*)",
                "(&(givenName=e*)(l=montmodele))",
                "(|(sn=œuvrard)(sn=OEUVRARD))",
                "(&(TypeBAL=ORG)(!(o=*chu*)))",
                "(&(mail>=dr.)(mail<=drz))",
                "(o=*\\22LES*)",
                "(&(profession=10)(specialite=médecine générale))",
                "(cn~=martin elise)",
                "(noSuchAttribute=*)"
            })
    void everyClientFindsTheSameMailboxes(String filter) throws IOException, NamingException {
        InstalledProgram.assume("ldapsearch");
        InstalledProgram.assume("curl");
        InstalledProgram.assume(hasPythonClient(), "python3-ldap3");
        Set<String> expected = byJndi(filter);

        assertThat(byLdapsearch(filter)).as("ldapsearch").isEqualTo(expected);
        assertThat(byCurl(filter)).as("curl").isEqualTo(expected);
        assertThat(byPython(filter)).as("Python").isEqualTo(expected);
        if (!filter.contains("noSuchAttribute") && !filter.contains("œ")) {
            assertThat(expected).as("found at all").isNotEmpty();
        }
    }

    @Test
    void fhirFindsTheProfessionalsThatLdapFinds() throws IOException {
        InstalledProgram.assume("ldapsearch");
        InstalledProgram.assume("curl");
        for (String family : List.of("martin", "dém", "Œuv", "test")) {
            Set<String> persons = values(
                    ldapsearch(
                            LdapNames.branchDn(LdapNames.PROFESSIONALS), "(sn=" + family + "*)", LdapNames.PERSON_ID),
                    Pattern.compile("(?m)^" + LdapNames.PERSON_ID + ":(:?) (.*)$"));
            String bundle = curl(
                    "https://localhost:" + (FHIR_PORT + instance.instance().portOffset())
                            + "/fhir/v2/Practitioner?_count=500&family="
                            + URLEncoder.encode(family, StandardCharsets.UTF_8),
                    "client");
            Set<String> resources = values(
                    bundle,
                    Pattern.compile("\"system\":\\s*\"https://rpps.esante.gouv.fr\"(),\\s*\"value\":\\s*\"([0-9]+)\""));

            assertThat(resources)
                    .as("Practitioner?family=%s", family)
                    .isNotEmpty()
                    .isEqualTo(persons);
        }
    }

    /** By pages over StartTLS, as Java programs do: the client that is tried, with the table it asks for. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static Set<String> byJndi(String filter) throws NamingException, IOException {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(
                Context.PROVIDER_URL,
                "ldap://localhost:" + instance.endpoint(ServicePort.LDAP).port());
        LdapContext context = new InitialLdapContext(environment, null);
        try {
            StartTlsResponse tls = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
            tls.negotiate(TlsContexts.trusting(PemFiles.certificatesOfFolder(
                            instance.instance().certificates().resolve("anchors")))
                    .getSocketFactory());
            context.addToEnvironment(Context.SECURITY_AUTHENTICATION, "simple");
            context.addToEnvironment(Context.SECURITY_PRINCIPAL, SERVICE);
            context.addToEnvironment(Context.SECURITY_CREDENTIALS, secret());
            return pages(context, filter);
        } finally {
            context.close();
        }
    }

    @SuppressWarnings("BanJNDI")
    private static Set<String> pages(LdapContext context, String filter) throws NamingException, IOException {
        SearchControls controls = new SearchControls();
        controls.setSearchScope(SearchControls.ONELEVEL_SCOPE);
        controls.setReturningAttributes(new String[] {LdapNames.MAIL});
        Set<String> found = new TreeSet<>();
        byte[] cookie = new byte[0];
        while (cookie != null) {
            context.setRequestControls(
                    new PagedResultsControl[] {new PagedResultsControl(20, cookie, PagedResultsControl.CRITICAL)});
            NamingEnumeration<SearchResult> page = context.search(MAILBOXES, filter, controls);
            while (page.hasMore()) {
                found.add(page.next().getAttributes().get(LdapNames.MAIL).get().toString());
            }
            cookie = ((PagedResultsResponseControl) context.getResponseControls()[0]).getCookie();
        }
        return found;
    }

    private static Set<String> byLdapsearch(String filter) throws IOException {
        return values(ldapsearch(MAILBOXES, filter, LdapNames.MAIL), MAIL);
    }

    private static String ldapsearch(String base, String filter, String attribute) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                "ldapsearch",
                "-x",
                "-LLL",
                "-o",
                "ldif-wrap=no",
                "-H",
                // of "localhost" it asks for the name of this machine
                "ldaps://127.0.0.1:" + instance.endpoint(ServicePort.LDAPS).port(),
                "-D",
                SERVICE,
                "-y",
                passwordFile().toString(),
                "-s",
                "one",
                "-b",
                base,
                filter,
                attribute);
        command.environment().put("LDAPTLS_CACERT", instance.anchorBundle().toString());
        return output(Program.run(command, ""));
    }

    private static Set<String> byCurl(String filter) throws IOException {
        String url = "ldaps://localhost:" + instance.endpoint(ServicePort.LDAPS).port() + "/" + MAILBOXES + "?mail?one?"
                + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
        return values(curl(url, SERVICE), MAIL);
    }

    /** The password goes by a configuration on its input, where no list of processes shows it. */
    private static String curl(String url, String user) throws IOException {
        return output(Program.run(
                List.of("curl", "-sS", "--cacert", instance.anchorBundle().toString(), "--config", "-", url),
                "user = \"" + user + ":" + secret() + "\"\n"));
    }

    private static Set<String> byPython(String filter) throws IOException {
        String program = """
                import ssl, sys, ldap3
                anchors, port, user, password, base, question = sys.stdin.read().split('\\n')[:6]
                server = ldap3.Server('localhost', port=int(port), use_ssl=True,
                    tls=ldap3.Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=anchors), get_info=ldap3.NONE)
                with ldap3.Connection(server, user, password, auto_bind=True) as connection:
                    for entry in connection.extend.standard.paged_search(
                            base, question, search_scope=ldap3.LEVEL, attributes=['mail'], paged_size=15):
                        print('mail: ' + entry['attributes']['mail'][0])
                """;
        List<String> input = List.of(
                instance.anchorBundle().toString(),
                Integer.toString(instance.endpoint(ServicePort.LDAPS).port()),
                SERVICE,
                secret(),
                MAILBOXES,
                filter);
        return values(output(Program.run(List.of("/usr/bin/python3", "-c", program), String.join("\n", input))), MAIL);
    }

    private static boolean hasPythonClient() {
        return Files.isExecutable(Path.of("/usr/bin/python3"))
                && Program.run(List.of("/usr/bin/python3", "-c", "import ldap3"))
                                .exitCode()
                        == 0;
    }

    private static String output(Program.Result result) {
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }

    /** What stands in the second group, decoded where the first one says so (RFC 2849). */
    private static Set<String> values(String text, Pattern pattern) {
        List<String> values = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            values.add(
                    matcher.group(1).isEmpty()
                            ? matcher.group(2)
                            : new String(Base64.getDecoder().decode(matcher.group(2)), StandardCharsets.UTF_8));
        }
        return values.stream().map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path passwordFile() throws IOException {
        // without the end of line that ldapsearch would take for a part of it
        Path file = instance.instance().runDir().resolve("client.password");
        if (Files.notExists(file)) {
            Files.writeString(file, secret(), StandardCharsets.UTF_8);
        }
        return file;
    }

    private static String secret() throws IOException {
        return Files.readString(instance.instance().secrets().resolve("ldap-client.secret"), StandardCharsets.UTF_8)
                .strip();
    }
}
