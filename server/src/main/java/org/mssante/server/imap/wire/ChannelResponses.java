package org.mssante.server.imap.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseWriter;
import org.apache.james.imap.encode.base.ImapResponseComposerImpl;
import org.apache.james.imap.message.Literal;

/**
 * The responses to one command, in the order they are made. Whole responses are collected and written together; a literal
 * is streamed behind what was collected before it. Thread-safe: a command that asks its client something goes on in another thread as
 * soon as the client has answered, which may be before the one that asked has forgotten what it has written.
 */
final class ChannelResponses implements ImapProcessor.Responder {
    private final ImapEncoder encoder;
    private final ImapResponseComposerImpl composer;

    ChannelResponses(ImapEncoder encoder, Outflow outflow) {
        this.encoder = encoder;
        this.composer = new ImapResponseComposerImpl(new Writer(outflow));
    }

    /** @throws UncheckedIOException where a stored message could not be read: what is half said cannot be taken back */
    @Override
    public synchronized void respond(ImapResponseMessage message) {
        try {
            encoder.encode(message, composer);
        } catch (IOException e) {
            throw new UncheckedIOException("a response could not be written", e);
        }
    }

    @Override
    public synchronized void flush() {
        try {
            composer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("responses could not be written", e);
        }
    }

    private final class Writer implements ImapResponseWriter {
        private final Outflow outflow;

        Writer(Outflow outflow) {
            this.outflow = outflow;
        }

        @Override
        public void write(byte[] octets) {
            outflow.say(octets);
        }

        @Override
        public void write(Literal literal) throws IOException {
            flush();
            outflow.say(literal);
        }
    }
}
