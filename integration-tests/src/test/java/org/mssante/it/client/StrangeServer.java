package org.mssante.it.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.mssante.core.tls.TlsContexts;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.Endpoint;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** An SMTP server that takes everything it is offered, in the place of another operator's. */
public final class StrangeServer implements AutoCloseable {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SMTPServer server;

    /**
     * Listens at once.
     *
     * @param identity what it offers STARTTLS with, a folder below {@code run/certs}; empty for no TLS at all
     */
    public StrangeServer(TestInstance instance, Endpoint place, Optional<String> identity) {
        SMTPServer.Builder builder =
                SMTPServer.port(place.port()).bindAddress(address(place.host())).messageHandlerFactory(Listener::new);
        identity.ifPresent(name -> {
            SSLContext tls = TlsContexts.mutual(
                    instance.instance().identity(name), instance.instance().anchors());
            builder.enableTLS().startTlsSocketFactory(socket -> {
                SSLSocket secured =
                        (SSLSocket) tls.getSocketFactory().createSocket(socket, place.host(), socket.getPort(), true);
                secured.setUseClientMode(false);
                return secured;
            });
        });
        this.server = builder.build();
        server.start();
    }

    /** What it was told of any message: senders, recipients, contents. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        server.stop();
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Listener implements MessageHandler {
        private Listener(MessageContext context) {}

        @Override
        public void from(String sender) {
            heard.add(sender);
        }

        @Override
        public void recipient(String recipient) {
            heard.add(recipient);
        }

        @Override
        public String data(InputStream data) throws IOException {
            heard.add(data.readAllBytes().length + " octets");
            return "taken";
        }

        @Override
        public void done() {
            // each message is a listener of its own
        }
    }
}
