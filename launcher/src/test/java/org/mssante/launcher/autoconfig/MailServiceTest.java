package org.mssante.launcher.autoconfig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailDomain;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class MailServiceTest {
    private static final MailService BOTH = new MailService(
            new MailDomain("smtp.demo.mssante.fr"),
            List.of(new MailDomain("demo.mssante.fr"), new MailDomain("demo.medecin.mssante.fr")),
            MailService.Ports.wellKnown(),
            true,
            true);

    /** The order and number of elements that Mozilla's format documents. */
    @Test
    void mozillasFileHasItsDocumentedForm() throws Exception {
        Element root = xml(BOTH.mozilla());
        assertThat(root.getTagName()).isEqualTo("clientConfig");
        assertThat(root.getAttribute("version")).isEqualTo("1.1");
        Element provider = children(root).get(0);
        assertThat(provider.getAttribute("id")).isEqualTo("demo.mssante.fr");
        assertThat(children(provider))
                .extracting(Element::getTagName)
                .containsExactly(
                        "domain",
                        "domain",
                        "displayName",
                        "displayShortName",
                        "incomingServer",
                        "incomingServer",
                        "outgoingServer",
                        "outgoingServer");
        assertThat(children(provider).subList(4, 8))
                .allSatisfy(server -> assertThat(children(server))
                        .extracting(Element::getTagName)
                        .containsExactly(
                                "hostname", "port", "socketType", "authentication", "authentication", "username"));
        assertThat(children(provider).subList(4, 8))
                .extracting(server -> server.getAttribute("type") + " " + text(server, "port") + " "
                        + text(server, "socketType") + " " + text(server, "authentication"))
                .containsExactly(
                        "imap 143 STARTTLS OAuth2",
                        "imap 993 SSL OAuth2",
                        "smtp 587 STARTTLS OAuth2",
                        "smtp 465 SSL OAuth2");
    }

    @Test
    void onlyTheWaysOfLogInThatAreTakenAreNamed() {
        assertThat(new MailService(BOTH.host(), BOTH.domains(), BOTH.ports(), false, true).mozilla())
                .contains("<authentication>password-cleartext</authentication>")
                .doesNotContain("OAuth2");
        assertThat(new MailService(BOTH.host(), BOTH.domains(), BOTH.ports(), true, false).mozilla())
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
