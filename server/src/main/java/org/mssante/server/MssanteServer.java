package org.mssante.server;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.TypeLiteral;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.core.metrics.EventCounts;
import org.mssante.core.service.Service;
import org.mssante.core.service.ServiceArguments;
import org.mssante.core.service.ServiceControl;
import org.mssante.core.service.ServiceProcess;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.OwnKey;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.JsonLinesTrace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.auth.RightsWatch;
import org.mssante.server.imap.ImapListeners;
import org.mssante.server.mailbox.DirectoryCache;
import org.mssante.server.purge.PurgedMailboxes;
import org.mssante.server.smime.SigningKeyFolder;
import org.mssante.server.smtp.SmtpListeners;
import org.mssante.server.spool.Spooler;
import org.mssante.server.storage.Storage;
import org.mssante.server.storage.StorageModule;
import org.mssante.server.trust.TrustService;

/** The mail server as a process. What is opened first is closed last. */
public final class MssanteServer implements Service {
    static final String NAME = "server";

    private final Deque<Runnable> closing = new ArrayDeque<>();

    private MssanteServer() {}

    public static void main(String[] args) {
        ServiceProcess.run(NAME, args, MssanteServer::start);
    }

    /**
     * Starts everything; returns once every port answers.
     *
     * @throws StartupFailure with one sentence that says what to do
     */
    public static MssanteServer start(ServiceArguments arguments) {
        return start(arguments, MssanteServer::annuaire);
    }

    /** @param directory opens what answers for our mailboxes; it is the server's to close */
    static MssanteServer start(
            ServiceArguments arguments, BiFunction<MssanteServer, ServerConfiguration, Directory> directory) {
        ServerConfiguration configuration = ServerConfiguration.from(arguments);
        MssanteServer server = new MssanteServer();
        try {
            server.open(arguments, configuration, directory);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }

    private static Directory annuaire(MssanteServer server, ServerConfiguration configuration) {
        LdapDirectory directory = LdapDirectory.open(configuration.directory());
        server.closing.push(directory::close);
        return directory;
    }

    private void open(
            ServiceArguments arguments,
            ServerConfiguration configuration,
            BiFunction<MssanteServer, ServerConfiguration, Directory> opening) {
        Clock clock = Clock.system(ZoneId.systemDefault());
        createDataFolder(configuration);
        JsonLinesTrace lines = JsonLinesTrace.open(NAME, arguments.runDir(), clock);
        closing.push(lines::close);
        EventCounts trace = new EventCounts(lines);
        OwnKey identity = OwnKey.open(configuration.identity(), trace, clock);
        TrustService trust = TrustService.start(configuration.trust(), trace, clock);
        closing.push(trust::close);
        Storage storage = Storage.open(configuration.storage(), clock);
        closing.push(storage::close);
        DirectoryCache directory = new DirectoryCache(opening.apply(this, configuration), configuration.cache(), clock);
        Injector injector = Guice.createInjector(
                Stage.PRODUCTION,
                new JamesModule(),
                new ImapModule(),
                new StorageModule(configuration.storage(), storage),
                new DeliveryModule(configuration),
                new AdminModule(configuration, trust, storage),
                new MailModule(
                        configuration,
                        new MailModule.Foundations(
                                trace,
                                clock,
                                identity,
                                directory,
                                directory.askedAnew(),
                                directory.neverFromMemory(),
                                trust.space(),
                                trust.certificates())));
        listen(injector);
        startQueues(injector);
        openPorts(injector, configuration);
        KeyRefresh keys =
                new KeyRefresh(identity, injector.getInstance(SigningKeyFolder.class), configuration.identityRefresh());
        closing.push(keys::close);
        openControl(injector, arguments, configuration, trace);
        trace.record(TraceEntry.of(Event.SERVICE_STARTED)
                .with(Field.PEER, configuration.listen().getHostAddress()));
    }

    private static void listen(Injector injector) {
        EventBus events = injector.getInstance(EventBus.class);
        injector.getInstance(Key.get(new TypeLiteral<Set<EventListener.ReactiveGroupEventListener>>() {}))
                .forEach(events::register);
    }

    private void startQueues(Injector injector) {
        DeliveryModule.Deliveries deliveries = injector.getInstance(DeliveryModule.Deliveries.class);
        closing.push(deliveries::close);
        deliveries.start();
        Spooler spooler = injector.getInstance(Spooler.class);
        closing.push(spooler::close);
        spooler.start();
    }

    private void openPorts(Injector injector, ServerConfiguration configuration) {
        String hostName = configuration.hostName().name();
        SmtpListeners smtp = injector.getInstance(SmtpListeners.class);
        closing.push(smtp::close);
        smtp.open(configuration.listen(), configuration.smtpPorts(), hostName);
        ImapListeners imap = injector.getInstance(ImapListeners.class);
        closing.push(imap::close);
        imap.open(configuration.listen(), configuration.imapPorts(), hostName);
        RightsWatch watch = injector.getInstance(RightsWatch.class);
        closing.push(watch::close);
        watch.start(configuration.rightsCheck());
        PurgedMailboxes purged = injector.getInstance(PurgedMailboxes.class);
        closing.push(purged::close);
        purged.start(configuration.purgedCheck());
    }

    private void openControl(
            Injector injector, ServiceArguments arguments, ServerConfiguration configuration, EventCounts trace) {
        AdminModule.Administration administration = injector.getInstance(AdminModule.Administration.class);
        ServiceControl control = ServiceControl.start(
                NAME,
                arguments.runDir(),
                configuration.control(),
                trace,
                administration.watches(),
                administration.routes());
        closing.push(control::close);
    }

    private static void createDataFolder(ServerConfiguration configuration) {
        try {
            Files.createDirectories(configuration.dataFolder());
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder " + configuration.dataFolder() + " cannot be made (" + e.getMessage()
                            + "): check the rights of the run folder.",
                    e);
        }
    }
}
