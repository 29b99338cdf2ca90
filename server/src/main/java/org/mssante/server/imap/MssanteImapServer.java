package org.mssante.server.imap;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.protocols.netty.AbstractChannelPipelineFactory;
import org.mssante.server.imap.wire.ConnectionPipeline;
import org.mssante.server.imap.wire.ImapService;

/** James' IMAP server as far as it opens and closes a port; what happens on a connection is ours. */
@SuppressWarnings({"rawtypes", "unchecked"}) // the return type of an inherited method in James
final class MssanteImapServer extends IMAPServer {
    private final ImapService service;
    private final ImapConfiguration commands;
    private final ConnectionPipeline pipeline;

    MssanteImapServer(
            ImapService service,
            ImapConfiguration commands,
            ImapDecoder decoder,
            GaugeRegistry gauges,
            ConnectionPipeline pipeline) {
        super(decoder, service.encoder(), service.processor(), service.metrics(), gauges);
        this.service = service;
        this.commands = commands;
        this.pipeline = pipeline;
    }

    /** James' file knows no CONDSTORE; its commands do. */
    @Override
    public void doConfigure(HierarchicalConfiguration<ImmutableNode> configuration) throws ConfigurationException {
        super.doConfigure(configuration);
        service.processor().configure(commands);
    }

    @Override
    protected void buildSSLContext() {
        encryption = service.tls();
    }

    @Override
    protected AbstractChannelPipelineFactory createPipelineFactory() {
        return pipeline;
    }
}
