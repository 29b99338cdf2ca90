package org.mssante.annuaire.ldap;

import com.unboundid.ldap.protocol.LDAPMessage;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What a client of TLS is sent: each message in a record of its own, since there are clients that look for the next message on the
 * network alone and never into the rest of a record (curl). The records of an answer's entries wait in the connection for its end, which is
 * always sent: each would be a system call on both sides. Each write is a whole message, as the SDK makes them.
 */
final class AnswerOutput extends FilterOutputStream {
    private static final int LONG_LENGTH = 0x80;
    private static final int OCTET = 0xFF;

    private final WatchedSocket connection;

    /**
     * @param out the output of TLS
     * @param connection what carries it
     */
    AnswerOutput(OutputStream out, WatchedSocket connection) {
        super(out);
        this.connection = connection;
    }

    @Override
    public synchronized void write(byte[] octets, int from, int count) throws IOException {
        connection.hold(isEntry(octets, from, from + count));
        out.write(octets, from, count);
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
