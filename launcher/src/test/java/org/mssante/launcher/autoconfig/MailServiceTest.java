package org.mssante.launcher.autoconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailDomain;
import org.mssante.core.service.TokenEndpoints;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class MailServiceTest {
    private static final TokenEndpoints ENDPOINTS = new TokenEndpoints(
            URI.create("https://wallet.esw.esante.gouv.fr/auth?kc_idp_hint=a&prompt=login"),
            URI.create("https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet/protocol/openid-connect/token"),
            "openid scope_all");
    private static final MailService BOTH = new MailService(
            new MailDomain("smtp.demo.mssante.fr"),
            List.of(new MailDomain("demo.mssante.fr"), new MailDomain("demo.medecin.mssante.fr")),
            MailService.Ports.wellKnown(),
            true,
            true,
            Optional.of(ENDPOINTS));

    /** What stands in each element of Mozilla's format, in which order and how often. */
    private static final Map<String, String> CONTENT = Map.of(
            "clientConfig", "emailProvider( oAuth2)?",
            "emailProvider", "domain( domain)* displayName( displayShortName)?( incomingServer)+( outgoingServer)+",
            "incomingServer", "hostname port socketType username( authentication)+",
            "outgoingServer", "hostname port socketType username( authentication)+",
            "oAuth2", "issuer scope authURL tokenURL");

    private static final String HOST = "[a-z0-9-]+(\\.[a-z0-9-]+)+";
    private static final String HTTPS = "https://" + HOST + "(/\\S*)?";

    /** Which values Mozilla's format has for elements that have no others in them. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("domain", HOST),
            Map.entry("displayName", ".+"),
            Map.entry("displayShortName", ".+"),
            Map.entry("hostname", HOST),
            Map.entry("port", "[1-9][0-9]{0,4}"),
            Map.entry("socketType", "plain|SSL|STARTTLS"),
            Map.entry("username", "%EMAILADDRESS%|%EMAILLOCALPART%|%EMAILDOMAIN%|[^%]+"),
            Map.entry(
                    "authentication",
                    "password-cleartext|password-encrypted|NTLM|GSSAPI|client-IP-address|TLS-client-cert|OAuth2|none"),
            Map.entry("issuer", HOST),
            Map.entry("scope", "\\S+( \\S+)*"),
            Map.entry("authURL", HTTPS),
            Map.entry("tokenURL", HTTPS));

    private static final Map<String, Map<String, String>> ATTRIBUTES = Map.of(
            "clientConfig", Map.of("version", "1\\.1"),
            "emailProvider", Map.of("id", HOST),
            "incomingServer", Map.of("type", "imap|pop3"),
            "outgoingServer", Map.of("type", "smtp"));

    @Test
    void mozillasFileHasItsDocumentedForm() throws Exception {
        for (MailService service :
                List.of(BOTH, with(false, true), with(true, false), BOTH.on(new MailService.Ports(1, 2, 3, 4)))) {
            Element root = xml(service.mozilla());

            assertThat(root.getTagName()).isEqualTo("clientConfig");
            assertForm(root);
        }
    }

    private static void assertForm(Element element) {
        String name = element.getTagName();
        assertThat(CONTENT.containsKey(name) || VALUES.containsKey(name))
                .as(name)
                .isTrue();
        Map<String, String> attributes = ATTRIBUTES.getOrDefault(name, Map.of());
        assertThat(element.getAttributes().getLength()).as(name).isEqualTo(attributes.size());
        attributes.forEach((attribute, values) ->
                assertThat(element.getAttribute(attribute)).as(attribute).matches(values));
        if (VALUES.containsKey(name)) {
            assertThat(element.getTextContent()).as(name).matches(VALUES.get(name));
            assertThat(children(element)).as(name).isEmpty();
        } else {
            assertThat(children(element).stream().map(Element::getTagName).collect(Collectors.joining(" ")))
                    .matches(CONTENT.get(name));
            children(element).forEach(MailServiceTest::assertForm);
        }
    }

    @Test
    void mozillasFileNamesEachPortWithThePreferredWayFirst() throws Exception {
        assertThat(children(children(xml(BOTH.mozilla())).get(0)).stream()
                        .filter(child -> child.getTagName().endsWith("Server")))
                .extracting(server -> server.getAttribute("type") + " " + text(server, "port") + " "
                        + text(server, "socketType") + " " + text(server, "authentication"))
                .containsExactly(
                        "imap 143 STARTTLS OAuth2",
                        "imap 993 SSL OAuth2",
                        "smtp 587 STARTTLS OAuth2",
                        "smtp 465 SSL OAuth2");
    }

    @Test
    void mozillasFileSaysWhereTokensAreHad() throws Exception {
        Element oAuth2 = children(xml(BOTH.mozilla())).get(1);

        assertThat(text(oAuth2, "issuer")).isEqualTo(ENDPOINTS.authorization().getHost());
        assertThat(text(oAuth2, "scope")).isEqualTo(ENDPOINTS.scope());
        assertThat(text(oAuth2, "authURL")).isEqualTo(ENDPOINTS.authorization().toString());
        assertThat(text(oAuth2, "tokenURL")).isEqualTo(ENDPOINTS.token().toString());
    }

    @Test
    void onlyTheWaysOfLogInThatAreTakenAreNamed() {
        assertThat(with(false, true).mozilla())
                .contains("<authentication>password-cleartext</authentication>")
                .doesNotContainIgnoringCase("OAuth2");
        assertThat(with(true, false).mozilla())
                .contains("<authentication>OAuth2</authentication>")
                .doesNotContain("password-cleartext");
    }

    @Test
    void autodiscoverNamesThePortsWithTlsFromTheFirstOctet() throws Exception {
        Element response = children(xml(BOTH.autodiscover())).get(0);
        Element account = children(response).get(0);
        assertThat(text(account, "Action")).isEqualTo("settings");
        assertThat(children(account).stream().filter(child -> child.getTagName().equals("Protocol")))
                .extracting(protocol -> text(protocol, "Type") + " " + text(protocol, "Server") + " "
                        + text(protocol, "Port") + " " + text(protocol, "SSL"))
                .containsExactly("IMAP smtp.demo.mssante.fr 993 on", "SMTP smtp.demo.mssante.fr 465 on");
    }

    @Test
    void everyDomainHasItsServiceRecords() {
        assertThat(BOTH.serviceRecords())
                .hasSize(8)
                .contains(
                        "_imaps._tcp.demo.mssante.fr. IN SRV 0 1 993 smtp.demo.mssante.fr.",
                        "_submission._tcp.demo.medecin.mssante.fr. IN SRV 10 1 587 smtp.demo.mssante.fr.");
    }

    private static MailService with(boolean tokens, boolean passwords) {
        return new MailService(BOTH.host(), BOTH.domains(), BOTH.ports(), tokens, passwords, BOTH.endpoints());
    }

    private static Element xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
