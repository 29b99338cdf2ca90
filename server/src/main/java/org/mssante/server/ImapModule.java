package org.mssante.server;

import com.google.common.collect.ImmutableMap;
import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Scopes;
import com.google.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.james.imap.api.display.Localizer;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.MailboxTyper;
import org.apache.james.imap.decode.ImapCommandParser;
import org.apache.james.imap.decode.ImapCommandParserFactory;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.decode.main.DefaultImapDecoder;
import org.apache.james.imap.decode.parser.ImapParserFactory;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseEncoder;
import org.apache.james.imap.encode.base.EndImapEncoder;
import org.apache.james.imap.encode.main.DefaultImapEncoderFactory;
import org.apache.james.imap.encode.main.DefaultLocalizer;
import org.apache.james.imap.message.response.CapabilityResponse;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.imap.processor.CapabilityProcessor;
import org.apache.james.imap.processor.DefaultProcessor;
import org.apache.james.imap.processor.EnableProcessor;
import org.apache.james.imap.processor.PermitEnableCapabilityProcessor;
import org.apache.james.imap.processor.SelectProcessor;
import org.apache.james.imap.processor.StatusProcessor;
import org.apache.james.imap.processor.base.AbstractProcessor;
import org.apache.james.imap.processor.base.UnknownRequestProcessor;
import org.apache.james.utils.ClassName;
import org.mssante.server.imap.CommandGate;
import org.mssante.server.imap.CommandTrace;
import org.mssante.server.imap.ImapCommands;
import org.mssante.server.imap.SpecialFolders;
import org.mssante.server.imap.wire.CapabilityNames;
import org.mssante.server.imap.wire.Connections;
import org.mssante.server.mailbox.Mailboxes;

/** James' IMAP commands with ours among them, behind the gate that every command passes. */
final class ImapModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Localizer.class).to(DefaultLocalizer.class);
        bind(UnpooledStatusResponseFactory.class).in(Scopes.SINGLETON);
        bind(StatusResponseFactory.class).to(UnpooledStatusResponseFactory.class);
        bind(MailboxTyper.class).to(SpecialFolders.class);
        bind(Connections.class).in(Scopes.SINGLETON);
        bind(CapabilityProcessor.class).in(Scopes.SINGLETON);
        bind(SelectProcessor.class).in(Scopes.SINGLETON);
        bind(EnableProcessor.class).in(Scopes.SINGLETON);
        // one instance, or LIST with STATUS meets one that was never configured (JAMES-4037)
        bind(StatusProcessor.class).in(Scopes.SINGLETON);
    }

    @Provides
    @SuppressWarnings("rawtypes") // James' DefaultProcessor asks for a map of raw classes
    ImapProcessor processor(
            ImapCommands commands,
            Injector injector,
            StatusResponseFactory responses,
            Mailboxes mailboxes,
            CommandTrace trace) {
        List<AbstractProcessor<?>> processors = instances(commands.processors(), injector, AbstractProcessor.class);
        ImmutableMap.Builder<Class, ImapProcessor> byRequest = ImmutableMap.builder();
        for (AbstractProcessor<?> processor : processors) {
            processor.acceptableClasses().forEach(request -> byRequest.put(request, processor));
        }
        announce(processors, injector.getInstance(CapabilityProcessor.class));
        enable(processors, injector.getInstance(EnableProcessor.class));
        return new CommandGate(
                new DefaultProcessor(byRequest.build(), new UnknownRequestProcessor(responses)), mailboxes, trace);
    }

    @Provides
    @Singleton
    ImapDecoder decoder(ImapCommandParserFactory parsers, StatusResponseFactory responses) {
        return new DefaultImapDecoder(responses, parsers);
    }

    /** UID holds a command of its own, so its parser asks for the factory that is just being made: Guice lends a proxy. */
    @Provides
    @Singleton
    ImapCommandParserFactory parsers(ImapCommands commands, Injector injector) {
        Map<String, ImapCommandParser> byCommand = new TreeMap<>();
        List<AbstractImapCommandParser> parsers =
                instances(commands.decoders(), injector, AbstractImapCommandParser.class);
        for (AbstractImapCommandParser parser : parsers) {
            byCommand.put(parser.getCommand().getName(), parser);
        }
        return new ImapParserFactory(ImmutableMap.copyOf(byCommand));
    }

    @Provides
    @SuppressWarnings("rawtypes") // James' encoder asks for a stream of raw encoders
    ImapEncoder encoder(ImapCommands commands, Injector injector) {
        List<ImapResponseEncoder> encoders = instances(commands.encoders(), injector, ImapResponseEncoder.class);
        Stream<ImapResponseEncoder> own = Stream.of(new CapabilityNames());
        Stream<ImapResponseEncoder> james =
                encoders.stream().filter(encoder -> encoder.acceptableMessages() != CapabilityResponse.class);
        return new DefaultImapEncoderFactory.DefaultImapEncoder(Stream.concat(own, james), new EndImapEncoder());
    }

    private static void announce(List<AbstractProcessor<?>> processors, CapabilityProcessor capability) {
        for (AbstractProcessor<?> processor : processors) {
            if (processor instanceof CapabilityImplementingProcessor implementing) {
                capability.addProcessor(implementing);
            }
        }
    }

    private static void enable(List<AbstractProcessor<?>> processors, EnableProcessor enable) {
        for (AbstractProcessor<?> processor : processors) {
            if (processor instanceof PermitEnableCapabilityProcessor permitting) {
                enable.addProcessor(permitting);
            }
        }
    }

    @SuppressWarnings("unchecked") // T is the wildcard form of the raw class that James' package names by string
    private static <T> List<T> instances(Collection<ClassName> names, Injector injector, Class<? super T> type) {
        List<T> instances = new ArrayList<>();
        for (ClassName name : names) {
            try {
                instances.add((T) type.cast(injector.getInstance(Class.forName(name.getName()))));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(name.getName() + " is not on the class path", e);
            }
        }
        return instances;
    }
}
