package org.mssante.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.Session;

/**
 * A client of James' scripts over TLS. Unlike James' own it blocks until a line is whole, keeps a CR that ends no line,
 * tells the script of a continuation, and can be restarted. Our coded refusals are read as the sentences of the scripts:
 * the text of a reply is the server's own business (RFC 3501 §7.1).
 */
final class ScriptedSession implements Session {
    private static final String GREETING = "* OK IMAP4rev1 Server ready";
    private static final Pattern SASL_LITERAL = Pattern.compile("(\\S+ AUTHENTICATE .*)\\{\\d+\\+}");
    private static final String REFUSED = " NO [AUTHENTICATIONFAILED] MSS-M02 Authentication failed.";
    private static final String NO_MECHANISM = " NO [CANNOT] That mechanism is not taken here.";
    /** What the scripts expect of a refused log-in, by the command. */
    private static final Map<String, String> SENTENCES = Map.of(
            "LOGIN", " NO LOGIN failed. Invalid login/password.",
            "AUTHENTICATE", " NO AUTHENTICATE failed. Authentication failed.");

    private static final Pattern LOG_IN = Pattern.compile("(?i)\\S+ (LOGIN|AUTHENTICATE) .*", Pattern.DOTALL);

    /** Opens a TLS connection to the server. */
    @FunctionalInterface
    interface Connector {
        Socket connect() throws IOException;
    }

    private final Connector connector;
    private final ScriptedNames names;
    private final Continuation continuation;
    private Optional<Socket> socket = Optional.empty();
    private InputStream in = InputStream.nullInputStream();
    private Optional<String> heldCommand = Optional.empty();
    private String logInCommand = "";
    private boolean greeted;

    ScriptedSession(Connector connector, ScriptedNames names, Continuation continuation) {
        this.connector = connector;
        this.names = names;
        this.continuation = continuation;
    }

    @Override
    public void start() throws IOException {
        Socket opened = connector.connect();
        socket = Optional.of(opened);
        in = new BufferedInputStream(opened.getInputStream());
    }

    /** James' scripts expect no greeting of the second connection. */
    @Override
    public void restart() throws IOException {
        stop();
        start();
        line();
    }

    @Override
    public void stop() throws IOException {
        if (socket.isPresent()) {
            socket.get().close();
        }
    }

    @Override
    public String readLine() throws IOException {
        String line = names.fromServer(line());
        if (!greeted) {
            greeted = true;
            return GREETING;
        }
        if (line.startsWith("+")) {
            continuation.doContinue();
        }
        return line.replace(REFUSED, SENTENCES.getOrDefault(logInCommand, REFUSED))
                .replace(NO_MECHANISM, " NO AUTHENTICATE failed. Authentication mechanism is unsupported.");
    }

    /** A response of SASL that comes as a literal changes its length with the user's name: it waits for its own line. */
    @Override
    public void writeLine(String line) throws IOException {
        Matcher logIn = LOG_IN.matcher(line);
        if (logIn.matches()) {
            logInCommand = logIn.group(1).toUpperCase(Locale.ROOT);
        }
        Matcher literal = SASL_LITERAL.matcher(line);
        if (literal.matches()) {
            heldCommand = Optional.of(literal.group(1));
            return;
        }
        String rewritten = names.toServer(line);
        String command = heldCommand
                .map(held -> held + "{" + rewritten.length() + "+}\r\n")
                .orElse("");
        heldCommand = Optional.empty();
        socket.orElseThrow()
                .getOutputStream()
                .write((command + rewritten + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.orElseThrow().getOutputStream().flush();
    }

    /** Nothing of what the scripts look at comes later than the answer to the command that caused it. */
    @Override
    public void await() {}

    /** Up to CRLF, which is left out; a CR or an LF alone belongs to the line. Empty once the connection has ended. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = -1;
        int octet = in.read();
        while (octet >= 0 && !(last == '\r' && octet == '\n')) {
            line.write(octet);
            last = octet;
            octet = in.read();
        }
        if (octet < 0) {
            return "";
        }
        String text = line.toString(StandardCharsets.US_ASCII);
        return text.substring(0, text.length() - 1);
    }
}
