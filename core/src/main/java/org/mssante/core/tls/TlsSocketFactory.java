package org.mssante.core.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets that speak {@link TlsContexts#PROTOCOLS} with {@link TlsContexts#CIPHER_SUITES} only. Thread-safe. */
public final class TlsSocketFactory extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    private TlsSocketFactory(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    public static TlsSocketFactory of(SSLContext context) {
        return new TlsSocketFactory(context.getSocketFactory());
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return TlsContexts.CIPHER_SUITES.toArray(String[]::new);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return getDefaultCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return restricted(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return restricted(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return restricted(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return restricted(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return restricted(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return restricted(sockets.createSocket(host, port, localHost, localPort));
    }

    private static Socket restricted(Socket socket) {
        SSLSocket tls = (SSLSocket) socket;
        tls.setEnabledProtocols(TlsContexts.PROTOCOLS.toArray(String[]::new));
        tls.setEnabledCipherSuites(TlsContexts.CIPHER_SUITES.toArray(String[]::new));
        return tls;
    }
}
