package org.mssante.annuaire.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS over the connections of clients, in which their messages are watched as they are in clear, and answers go out whole. Thread-safe. */
final class ShallowTlsSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;

    ShallowTlsSockets(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        WatchedSocket watched = (WatchedSocket) socket;
        watched.carryTls();
        InetAddress client = socket.getInetAddress();
        return new ShallowTlsSocket(
                (SSLSocket) sockets.createSocket(socket, host, port, autoClose),
                input -> WatchedSocket.shallow(input, client),
                output -> new AnswerOutput(output, watched));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectsNowhere();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connectsNowhere();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectsNowhere();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw connectsNowhere();
    }

    private static UnsupportedOperationException connectsNowhere() {
        return new UnsupportedOperationException("these are connections of clients");
    }
}
