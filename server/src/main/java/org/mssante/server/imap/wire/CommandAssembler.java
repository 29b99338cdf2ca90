package org.mssante.server.imap.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.message.request.StartTLSRequest;
import org.apache.james.imapserver.netty.NettyConstants;
import org.apache.james.protocols.netty.LineHandlerAware;
import org.mssante.core.log.FailureTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Turns octets into commands. A command is parsed once it is whole, and only after the one before it is done; until then
 * lines go nowhere but to a command that asked for them (IDLE, AUTHENTICATE). What exceeds {@link CommandLimits} is refused
 * before it is stored, and no line is read while the client leaves much unread ({@link Outflow}). One for each connection,
 * used by its thread; only the line handlers come from elsewhere.
 */
final class CommandAssembler extends ByteToMessageDecoder implements LineHandlerAware {
    private static final Logger LOGGER = LoggerFactory.getLogger(CommandAssembler.class);
    /** Beyond which the beginning of a line is no tag worth repeating. */
    private static final int LONGEST_TAG = 100;

    private static final String GO_AHEAD = "+ Ok\r\n";
    /** Ends AUTHENTICATE (RFC 3501 §6.2.2), and any other command that waits. */
    private static final String GIVEN_UP = "*\r\n";

    private final ImapDecoder decoder;
    private final CommandLimits limits;
    private final Outflow outflow;
    private final Deque<ChannelInboundHandlerAdapter> lineHandlers = new ConcurrentLinkedDeque<>();
    private volatile Optional<ChannelHandlerContext> context = Optional.empty();
    private IncomingCommand command = new IncomingCommand();
    private boolean busy;
    private boolean startsTls;
    private boolean skipping;
    private boolean ended;
    private boolean pausing;

    CommandAssembler(ImapDecoder decoder, CommandLimits limits, Outflow outflow) {
        this.decoder = decoder;
        this.limits = limits;
        this.outflow = outflow;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = Optional.of(added);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext removed) throws IOException {
        command.close();
    }

    /** A command asks for the lines that follow, beginning with those that are here already. */
    @Override
    public void pushLineHandler(ChannelInboundHandlerAdapter handler) {
        lineHandlers.addFirst(handler);
        context.ifPresent(here -> here.executor().execute(this::resume));
    }

    @Override
    public void popLineHandler() {
        lineHandlers.pollFirst();
    }

    /**
     * The command is done: the next one may be read. Whatever came in clear behind STARTTLS was put there by somebody
     * between the client and us (CVE-2011-0411), and ends the connection.
     */
    void done() {
        busy = false;
        if (startsTls && actualReadableBytes() > 0) {
            ended = true;
            context.ifPresent(
                    here -> here.fireUserEventTriggered(new Farewell("Nothing may follow STARTTLS in clear")));
        }
        startsTls = false;
        resume();
    }

    /** True where nothing is half said: no command runs, or one that waits for the client's next line. */
    boolean isInterruptible() {
        return !busy || !lineHandlers.isEmpty();
    }

    boolean isBusy() {
        return busy;
    }

    /** Nothing is read any more. */
    void end() {
        ended = true;
    }

    /** The client has gone: a command that waits for its next line is told something it cannot mean. */
    void hangUp() throws Exception {
        ended = true;
        Optional<ChannelInboundHandlerAdapter> asking = Optional.ofNullable(lineHandlers.peekFirst());
        if (asking.isPresent() && context.isPresent()) {
            asking.get().channelRead(context.get(), Unpooled.copiedBuffer(GIVEN_UP, StandardCharsets.US_ASCII));
        }
    }

    @Override
    protected void decode(ChannelHandlerContext here, ByteBuf in, List<Object> out) throws Exception {
        Optional<Mono<Void>> pause = outflow.pause();
        if (ended || isOver(here)) {
            in.skipBytes(in.readableBytes());
        } else if (command.awaitsLiteral()) {
            command.fill(in);
        } else if (busy && lineHandlers.isEmpty()) {
            here.channel().config().setAutoRead(false);
        } else if (pause.isPresent()) {
            here.channel().config().setAutoRead(false);
            resumeAfter(pause.get(), here);
        } else {
            readLine(here, in, out);
        }
    }

    private void readLine(ChannelHandlerContext here, ByteBuf in, List<Object> out) throws Exception {
        int length = in.bytesBefore((byte) '\n') + 1;
        if (skipping) {
            skipping = length == 0;
            in.skipBytes(length == 0 ? in.readableBytes() : length);
        } else if (length > limits.line() || (length == 0 && in.readableBytes() > limits.line())) {
            String tag = command.isEmpty()
                    ? IncomingCommand.tag(in.toString(
                            in.readerIndex(), Math.min(LONGEST_TAG, in.readableBytes()), StandardCharsets.ISO_8859_1))
                    : command.tag();
            skipping = length == 0;
            in.skipBytes(length == 0 ? in.readableBytes() : length);
            refuse(here, tag, "BAD failed. Maximum command line length exceeded", true);
        } else if (length > 0) {
            take(here, in, length, out);
        }
    }

    private void take(ChannelHandlerContext here, ByteBuf in, int length, List<Object> out) throws Exception {
        byte[] line = new byte[length];
        in.readBytes(line);
        Optional<ChannelInboundHandlerAdapter> asking = Optional.ofNullable(lineHandlers.peekFirst());
        if (asking.isPresent()) {
            asking.get().channelRead(here, Unpooled.wrappedBuffer(line));
            return;
        }
        command.add(line);
        Optional<IncomingCommand.Announcement> literal = command.announced();
        if (literal.isPresent()) {
            expect(here, literal.get());
        } else {
            finish(here, out);
        }
    }

    private void expect(ChannelHandlerContext here, IncomingCommand.Announcement literal) throws IOException {
        boolean stranger = session(here).getState() == ImapSessionState.NON_AUTHENTICATED;
        long allowed = stranger ? limits.literalBeforeLogin() : limits.literal();
        if (command.literalOctets() + literal.size() > allowed) {
            refuse(here, command.tag(), "NO [TOOBIG] The literal is larger than this server accepts", literal.waits());
        } else if (command.literalCount() == limits.literals()) {
            refuse(
                    here,
                    command.tag(),
                    "NO [LIMIT] The command has more literals than this server accepts",
                    literal.waits());
        } else {
            command.expect(literal.size());
            if (literal.waits()) {
                outflow.say(GO_AHEAD);
            }
        }
    }

    /** @param recoverable whether the next octet begins a new command: not where a refused literal is on its way */
    private void refuse(ChannelHandlerContext here, String tag, String why, boolean recoverable) throws IOException {
        renew();
        if (recoverable && session(here).getState() != ImapSessionState.NON_AUTHENTICATED) {
            outflow.say(tag + " " + why + "\r\n");
        } else {
            ended = true;
            here.fireUserEventTriggered(new Farewell(why.substring(why.indexOf(' ') + 1)));
        }
    }

    private void finish(ChannelHandlerContext here, List<Object> out) throws IOException {
        IncomingCommand whole = command;
        command = new IncomingCommand();
        if (whole.nesting() > limits.nesting()) {
            outflow.say(whole.tag() + " BAD [LIMIT] The command is nested deeper than this server accepts\r\n");
            whole.close();
            return;
        }
        try {
            ImapMessage message = decoder.decode(whole.reader(), session(here));
            busy = true;
            startsTls = message instanceof StartTLSRequest;
            out.add(message);
            if (!(message instanceof Closeable)) {
                whole.close(); // its literals were read during parsing; those of APPEND go with the message
            }
        } catch (RuntimeException e) { // what James' parsers throw at what they did not expect
            notParsed(whole, e);
        } catch (Error e) { // so does the JDK at octets that are no character of a charset
            if (!(e.getCause() instanceof CharacterCodingException)) {
                throw e;
            }
            notParsed(whole, e);
        }
    }

    private void notParsed(IncomingCommand command, Throwable failure) throws IOException {
        LOGGER.debug("a command could not be parsed: {}", FailureTrail.of(failure));
        outflow.say(command.tag() + " BAD failed. Illegal arguments.\r\n");
        command.close();
    }

    private void renew() throws IOException {
        command.close();
        command = new IncomingCommand();
    }

    /** Asked once a pause, however often it is looked at what has arrived meanwhile. */
    private void resumeAfter(Mono<Void> pause, ChannelHandlerContext here) {
        if (!pausing) {
            pausing = true;
            var unused = pause.doFinally(end -> here.executor().execute(() -> {
                        pausing = false;
                        resume();
                    }))
                    .subscribe();
        }
    }

    /** Looks again at what has arrived. */
    private void resume() {
        context.ifPresent(here -> {
            here.channel().config().setAutoRead(true);
            try {
                channelRead(here, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) { // all that Netty declares
                here.fireExceptionCaught(e);
            }
        });
    }

    private static boolean isOver(ChannelHandlerContext here) {
        return Optional.ofNullable(session(here))
                .map(session -> session.getState() == ImapSessionState.LOGOUT)
                .orElse(true);
    }

    private static ImapSession session(ChannelHandlerContext here) {
        return here.channel().attr(NettyConstants.IMAP_SESSION_ATTRIBUTE_KEY).get();
    }
}
