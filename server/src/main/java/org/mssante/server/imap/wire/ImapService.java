package org.mssante.server.imap.wire;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imapserver.netty.ImapMetrics;
import org.apache.james.imapserver.netty.NettyImapSession;
import org.apache.james.protocols.netty.Encryption;
import reactor.core.publisher.Mono;

/**
 * What the connections of one port share.
 *
 * @param loginTimeout how long a client may stay without being logged in
 */
public record ImapService(
        String greeting,
        Encryption tls,
        ImapProcessor processor,
        ImapEncoder encoder,
        ImapMetrics metrics,
        Connections open,
        Duration loginTimeout) {

    NettyImapSession session(Channel channel) {
        return new NettyImapSession(
                channel, tls, false, true, true, ImapSession.SessionId.generate(), Optional.empty()) {
            @Override
            public Mono<Void> selected(SelectedMailbox folder) {
                return super.selected(new ToldFolder(folder));
            }
        };
    }

    ChannelResponses responses(Outflow outflow) {
        return new ChannelResponses(encoder, outflow);
    }

    Mono<Void> process(ImapMessage message, ChannelResponses responses, ImapSession session) {
        metrics.getCommandsMetric().increment();
        return Mono.defer(() -> processor.processReactive(message, responses, session));
    }

    void connected(ImapConnection connection) {
        metrics.getConnectionsMetric().increment();
        open.add(connection);
    }

    void disconnected(ImapConnection connection) {
        metrics.getConnectionsMetric().decrement();
        open.remove(connection);
    }
}
