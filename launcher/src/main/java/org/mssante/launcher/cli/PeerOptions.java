package org.mssante.launcher.cli;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.bench.Account;
import org.mssante.launcher.bench.Entry;
import org.mssante.launcher.bench.Target;
import org.mssante.launcher.instance.Endpoint;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The other server of a comparison. */
final class PeerOptions {
    @Option(
            names = "--vs",
            required = true,
            paramLabel = "HOST:PORT",
            converter = EndpointConverter.class,
            description = "Where another server takes mail: it gets the same load in turn (A B A B …).")
    private Endpoint smtp;

    @Option(
            names = "--vs-imap",
            required = true,
            paramLabel = "HOST:PORT",
            converter = EndpointConverter.class,
            description = "Its IMAP, TLS from the first byte.")
    private Endpoint imap;

    @Option(
            names = "--vs-accounts",
            required = true,
            paramLabel = "FILE",
            description = "Its mailboxes, one address:password a line: the first one sends, all receive in turn.")
    private Path accounts;

    @Option(
            names = "--vs-anchors",
            required = true,
            paramLabel = "FILE",
            description = "The certificates (PEM) its TLS is trusted by.")
    private Path anchors;

    @Option(
            names = "--vs-entry",
            defaultValue = "TLS",
            description = "How it takes mail: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Entry entry;

    @Option(
            names = "--vs-name",
            defaultValue = "peer",
            description = "What results call it (default: ${DEFAULT-VALUE}).")
    private String name;

    Target target() {
        List<Account> all = Account.read(accounts);
        if (all.isEmpty()) {
            throw new CommandFailure("The file " + accounts + " names no account: write address:password into it.");
        }
        SSLContext tls = TlsContexts.trusting(PemFiles.certificates(anchors));
        return new Target(name, entry, smtp, tls, imap, tls, all.get(0), all);
    }

    /** {@code host:port}. */
    static final class EndpointConverter implements ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String value) {
            int colon = value.lastIndexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("a host and a port are written host:port");
            }
            return new Endpoint(value.substring(0, colon), Integer.parseInt(value.substring(colon + 1)));
        }
    }
}
