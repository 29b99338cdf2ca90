package org.mssante.annuaire.ldap;

import com.unboundid.ldap.protocol.LDAPMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What a client is sent. Each write is a record of TLS, and a system call on both sides: the entries of an answer are held back until its
 * end, or until they fill a record. Each write is a whole message, as the SDK makes them; none but entries waits. Thread-safe.
 */
final class AnswerOutput extends OutputStream {
    /** What a record of TLS holds (RFC 8446 §5.1). */
    static final int RECORD = 1 << 14;

    private static final int LONG_LENGTH = 0x80;
    private static final int OCTET = 0xFF;

    private final OutputStream out;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    AnswerOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] octets, int from, int count) throws IOException {
        if (held.size() + count > RECORD) {
            send();
        }
        if (count <= RECORD && isEntry(octets, from, from + count)) {
            held.write(octets, from, count);
        } else if (held.size() == 0) {
            out.write(octets, from, count);
        } else {
            held.write(octets, from, count);
            send();
        }
    }

    /** Sends nothing: what is held waits for the end of its answer, which is always sent. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        send();
        out.close();
    }

    private void send() throws IOException {
        if (held.size() > 0) {
            byte[] octets = held.toByteArray();
            held.reset();
            out.write(octets);
        }
    }

    /** {@code LDAPMessage ::= SEQUENCE { messageID INTEGER, protocolOp CHOICE …}} (RFC 4511 §4.1.1): whether that is an entry. */
    private static boolean isEntry(byte[] octets, int from, int end) {
        int number = content(octets, from, end);
        if (number >= end) {
            return false;
        }
        int operation = content(octets, number, end) + length(octets, number, end);
        return operation < end && octets[operation] == LDAPMessage.PROTOCOL_OP_TYPE_SEARCH_RESULT_ENTRY;
    }

    /** Where the content of an element begins; the end where there is none. */
    private static int content(byte[] octets, int element, int end) {
        int length = length(octets, element, end);
        int behind = element + 2 + (length < LONG_LENGTH ? 0 : length - LONG_LENGTH);
        return Math.min(behind, end);
    }

    /** The octet of an element that tells its length, or in how many others that is told; 0 where there is none. */
    private static int length(byte[] octets, int element, int end) {
        return element + 1 < end ? octets[element + 1] & OCTET : 0;
    }
}
