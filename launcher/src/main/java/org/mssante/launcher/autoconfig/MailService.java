package org.mssante.launcher.autoconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.core.id.MailDomain;
import org.mssante.core.service.ServedDomains;
import org.mssante.core.service.TokenEndpoints;
import org.mssante.core.settings.Settings;

/**
 * What mail clients have to know of a mail server.
 *
 * @param host its name, the one of its certificate
 * @param domains whose mailboxes live there
 * @param tokens whether people log in by access token, {@code passwords} by password; the first way is preferred
 * @param endpoints where a client gets such tokens, where that is told
 */
public record MailService(
        MailDomain host,
        List<MailDomain> domains,
        Ports ports,
        boolean tokens,
        boolean passwords,
        Optional<TokenEndpoints> endpoints) {

    /** As clients reach them from outside. */
    public record Ports(int imap, int imaps, int submission, int submissions) {
        /** Those everybody knows (RFC 8314 §7.3, RFC 6409). */
        public static Ports wellKnown() {
            return new Ports(143, 993, 587, 465);
        }

        static Ports of(Settings server) {
            return new Ports(
                    server.port("imap.port"),
                    server.port("imaps.port"),
                    server.port("smtp.submission.port"),
                    server.port("smtp.submissions.port"));
        }
    }

    public MailService {
        domains = List.copyOf(domains);
    }

    /** @param server the settings of the mail server, {@code server.properties} */
    public static MailService of(Settings server) {
        return new MailService(
                server.value("mail.host", MailDomain::new),
                List.copyOf(ServedDomains.from(server)),
                Ports.of(server),
                server.optionalText("connect.issuer").isPresent(),
                server.flag("login.passwords"),
                TokenEndpoints.from(server));
    }

    public MailService on(Ports others) {
        return new MailService(host, domains, others, tokens, passwords, endpoints);
    }

    /**
     * {@code mail/config-v1.1.xml} for all domains, in Mozilla's format (https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat),
     * to be served at {@code https://autoconfig.DOMAIN/mail/config-v1.1.xml}. STARTTLS stands first: the ports of the API LPS
     * (mssante.md §6.1).
     */
    public String mozilla() {
        StringBuilder xml = new StringBuilder(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clientConfig version=\"1.1\">\n")
                .append("  <emailProvider id=\"")
                .append(domains.get(0))
                .append("\">\n");
        domains.forEach(domain -> xml.append("    <domain>").append(domain).append("</domain>\n"));
        xml.append("    <displayName>Messagerie MSSanté ")
                .append(domains.get(0))
                .append("</displayName>\n")
                .append("    <displayShortName>MSSanté</displayShortName>\n");
        mozilla(xml, "incoming", "imap", ports.imap(), "STARTTLS");
        mozilla(xml, "incoming", "imap", ports.imaps(), "SSL");
        mozilla(xml, "outgoing", "smtp", ports.submission(), "STARTTLS");
        mozilla(xml, "outgoing", "smtp", ports.submissions(), "SSL");
        xml.append("  </emailProvider>\n");
        if (tokens) {
            endpoints.ifPresent(where -> xml.append(mozilla(where)));
        }
        return xml.append("</clientConfig>\n").toString();
    }

    /** Clients know the issuer by the host where people log in. */
    private static String mozilla(TokenEndpoints where) {
        return """
                  <oAuth2>
                    <issuer>%s</issuer>
                    <scope>%s</scope>
                    <authURL>%s</authURL>
                    <tokenURL>%s</tokenURL>
                  </oAuth2>
                """.formatted(
                        where.authorization().getHost(),
                        escaped(where.scope()),
                        escaped(where.authorization().toString()),
                        escaped(where.token().toString()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private void mozilla(StringBuilder xml, String direction, String protocol, int port, String socket) {
        xml.append("    <")
                .append(direction)
                .append("Server type=\"")
                .append(protocol)
                .append("\">\n")
                .append("      <hostname>")
                .append(host)
                .append("</hostname>\n")
                .append("      <port>")
                .append(port)
                .append("</port>\n")
                .append("      <socketType>")
                .append(socket)
                .append("</socketType>\n")
                .append("      <username>%EMAILADDRESS%</username>\n");
        logIns().forEach(way -> xml.append("      <authentication>").append(way).append("</authentication>\n"));
        xml.append("    </").append(direction).append("Server>\n");
    }

    private List<String> logIns() {
        List<String> ways = new ArrayList<>();
        if (tokens) {
            ways.add("OAuth2");
        }
        if (passwords) {
            // as it is, under TLS
            ways.add("password-cleartext");
        }
        return ways;
    }

    /**
     * The answer to every POST of {@code https://autodiscover.DOMAIN/autodiscover/autodiscover.xml} (Autodiscover for POP and IMAP,
     * MS-OXDSCLI §2.2.4); the client's user name is the address it asked for.
     */
    public String autodiscover() {
        StringBuilder xml = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">
                  <Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">
                    <Account>
                      <AccountType>email</AccountType>
                      <Action>settings</Action>
                """);
        autodiscover(xml, "IMAP", ports.imaps());
        autodiscover(xml, "SMTP", ports.submissions());
        return xml.append("    </Account>\n  </Response>\n</Autodiscover>\n").toString();
    }

    private void autodiscover(StringBuilder xml, String type, int port) {
        xml.append("""
                      <Protocol>
                        <Type>%s</Type>
                        <Server>%s</Server>
                        <Port>%d</Port>
                        <DomainRequired>off</DomainRequired>
                        <SPA>off</SPA>
                        <SSL>on</SSL>
                        <AuthRequired>on</AuthRequired>
                      </Protocol>
                """.formatted(type, host, port));
    }

    /** The records of each domain's zone (RFC 6186, RFC 8314 §5.1); TLS from the first octet is preferred. */
    public List<String> serviceRecords() {
        List<String> records = new ArrayList<>();
        for (MailDomain domain : domains) {
            records.add(record("imaps", domain, 0, ports.imaps()));
            records.add(record("imap", domain, 10, ports.imap()));
            records.add(record("submissions", domain, 0, ports.submissions()));
            records.add(record("submission", domain, 10, ports.submission()));
        }
        return records;
    }

    private String record(String service, MailDomain domain, int priority, int port) {
        return String.format(Locale.ROOT, "_%s._tcp.%s. IN SRV %d 1 %d %s.", service, domain, priority, port, host);
    }
}
