package org.mssante.server.delivery;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The transparency procedure of RFC 5321 §4.5.2. Every line ends in CRLF, whatever the source has: a bare CR or LF sent
 * on would let the next server see another message (SMTP smuggling).
 */
final class DotStuffedOutput extends OutputStream {
    private static final byte[] END_OF_LINE = {'\r', '\n'};

    private final OutputStream out;
    private boolean lineStart = true;
    private boolean afterCr;

    DotStuffedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        if (octet == '\n' && afterCr) {
            afterCr = false;
            return;
        }
        afterCr = octet == '\r';
        if (octet == '\r' || octet == '\n') {
            out.write(END_OF_LINE);
            lineStart = true;
            return;
        }
        if (lineStart && octet == '.') {
            out.write('.');
        }
        out.write(octet);
        lineStart = false;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(octets[i]);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Ends the message: the last line, then the dot. */
    void end() throws IOException {
        if (!lineStart) {
            out.write(END_OF_LINE);
        }
        out.write('.');
        out.write(END_OF_LINE);
        out.flush();
    }
}
