package org.mssante.server.imap.wire;

import java.util.Iterator;
import java.util.List;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.Literal;

/** What James' parsers read of a command that has arrived whole: they never wait and never ask for more. */
final class CommandReader extends ImapRequestLineReader {
    private final Iterator<byte[]> lines;
    private final Iterator<SpooledLiteral> literals;
    private byte[] line;
    private int position;

    CommandReader(List<byte[]> lines, List<SpooledLiteral> literals) {
        this.lines = lines.iterator();
        this.literals = literals.iterator();
        this.line = this.lines.next();
    }

    @Override
    public char nextChar() throws DecodingException {
        if (!nextSeen) {
            if (position == line.length) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Unexpected end of command.");
            }
            nextChar = (char) (line[position++] & 0xff);
            nextSeen = true;
        }
        return nextChar;
    }

    /** The literal that the line just read announced; the rest of the command is in the line behind it. */
    @Override
    public Literal read(int size, boolean extraCrlf) throws DecodingException {
        if (!literals.hasNext() || !lines.hasNext()) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Misplaced literal.");
        }
        SpooledLiteral literal = literals.next();
        if (literal.size() != size) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "Misplaced literal.");
        }
        line = lines.next();
        position = 0;
        nextSeen = false;
        nextChar = 0;
        if (extraCrlf) {
            eol();
        }
        return literal;
    }

    /** The go-ahead was given while the command arrived. */
    @Override
    protected void commandContinuationRequest() {}
}
