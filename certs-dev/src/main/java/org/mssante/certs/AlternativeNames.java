package org.mssante.certs;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.mssante.core.id.MailAddress;

/** What the subjectAltName of a certificate holds (RFC 5280 §4.2.1.6); all lists empty means no such extension. */
public record AlternativeNames(List<String> hosts, List<String> ipAddresses, List<MailAddress> mailboxes) {
    private static final String LOOPBACK_NAME = "localhost";
    private static final String LOOPBACK_ADDRESS = "127.0.0.1";

    public AlternativeNames {
        hosts = List.copyOf(hosts);
        ipAddresses = List.copyOf(ipAddresses);
        mailboxes = List.copyOf(mailboxes);
    }

    public static AlternativeNames none() {
        return new AlternativeNames(List.of(), List.of(), List.of());
    }

    /** A server's names, and those of the loopback interface, where a development instance listens. */
    public static AlternativeNames server(String... hosts) {
        List<String> names = new ArrayList<>(List.of(hosts));
        names.add(LOOPBACK_NAME);
        return new AlternativeNames(names, List.of(LOOPBACK_ADDRESS), List.of());
    }

    public static AlternativeNames mailbox(MailAddress address) {
        return new AlternativeNames(List.of(), List.of(), List.of(address));
    }

    boolean isEmpty() {
        return hosts.isEmpty() && ipAddresses.isEmpty() && mailboxes.isEmpty();
    }

    GeneralNames encoded() {
        List<GeneralName> names = new ArrayList<>();
        hosts.forEach(host -> names.add(new GeneralName(GeneralName.dNSName, host)));
        ipAddresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        mailboxes.forEach(mailbox -> names.add(new GeneralName(GeneralName.rfc822Name, mailbox.toString())));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
