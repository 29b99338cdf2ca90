package org.mssante.annuaire;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mssante.annuaire.admin.PublicationDesk;
import org.mssante.annuaire.admin.RegisterDesk;
import org.mssante.annuaire.admin.RegisterWatch;
import org.mssante.annuaire.admin.SourceDesk;
import org.mssante.annuaire.admin.SourceWatch;
import org.mssante.annuaire.fhir.FhirSite;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.ldap.LdapServer;
import org.mssante.annuaire.login.CertificateAccess;
import org.mssante.annuaire.login.ClientCertificates;
import org.mssante.annuaire.login.Logins;
import org.mssante.annuaire.login.ServiceSecrets;
import org.mssante.annuaire.office.MailboxOffice;
import org.mssante.annuaire.publish.AnnuairePublisher;
import org.mssante.annuaire.publish.FhirPublisher;
import org.mssante.annuaire.publish.FilePublisher;
import org.mssante.annuaire.publish.MailboxPublication;
import org.mssante.annuaire.registry.Admission;
import org.mssante.annuaire.registry.Delegations;
import org.mssante.annuaire.registry.FirstMailboxes;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.RegistryDatabase;
import org.mssante.annuaire.registry.Secrets;
import org.mssante.annuaire.registry.TakenMailboxes;
import org.mssante.annuaire.source.RegisterSources;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.annuaire.sync.KnownProfessionals;
import org.mssante.annuaire.sync.RegisterSchedule;
import org.mssante.annuaire.sync.SyncHistory;
import org.mssante.annuaire.sync.TakeOvers;
import org.mssante.annuaire.web.WebPort;
import org.mssante.core.health.CertificateWatch;
import org.mssante.core.health.DiskWatch;
import org.mssante.core.health.Watch;
import org.mssante.core.lockout.Lockout;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.metrics.EventCounts;
import org.mssante.core.service.EmbeddedBackup;
import org.mssante.core.service.Service;
import org.mssante.core.service.ServiceArguments;
import org.mssante.core.service.ServiceControl;
import org.mssante.core.service.ServiceProcess;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.JsonLinesTrace;
import org.mssante.core.trace.TraceEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The annuaire as a running service: registry, index, LDAP ports. */
public final class AnnuaireService implements Service {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnnuaireService.class);
    private static final String NAME = "annuaire";
    private static final Duration TAKE_OVER_PAUSE = Duration.ofSeconds(10);

    private final JsonLinesTrace trace;
    private final RegistryDatabase database;
    private final DirectoryIndex index;
    private final Ports ports;
    private final ServiceControl control;
    private final Work work;

    /** What goes on without being asked, or behind an answer. */
    private record Work(RegisterSources sources, RegisterSchedule schedule, Administration administration) {}

    /** Where clients come in. */
    private record Ports(LdapServer ldap, WebPort https) {}

    private AnnuaireService(
            JsonLinesTrace trace,
            RegistryDatabase database,
            DirectoryIndex index,
            Ports ports,
            ServiceControl control,
            Work work) {
        this.trace = trace;
        this.database = database;
        this.index = index;
        this.ports = ports;
        this.control = control;
        this.work = work;
    }

    public static void main(String[] args) {
        ServiceProcess.run(NAME, args, AnnuaireService::start);
    }

    /**
     * Returns once both ports answer.
     *
     * @throws StartupFailure with one sentence for the operator
     */
    public static AnnuaireService start(ServiceArguments arguments) {
        AnnuaireConfiguration configuration = AnnuaireConfiguration.from(arguments.settings());
        KeyMaterial key = KeyMaterial.load(configuration.tls());
        Clock clock = Clock.systemUTC();
        JsonLinesTrace lines = JsonLinesTrace.open(NAME, arguments.runDir(), clock);
        EventCounts trace = new EventCounts(lines);
        SecureRandom random = new SecureRandom();
        Secrets secrets = new Secrets(configuration.secrets(), random);
        // first of all: other services can only start once they have theirs
        ServiceSecrets serviceSecrets = serviceSecrets(secrets);
        RegistryDatabase database = RegistryDatabase.open(configuration.data(), configuration.registryConnections());
        DirectoryIndex index = openIndex(configuration, clock);

        MailboxRegistry registry = new MailboxRegistry(database, new Admission(configuration.domains()), trace, clock);
        PersonalAccounts people = new PersonalAccounts(
                configuration.personal(),
                new PersonalAccounts.Ground(database, registry, secrets, random, trace, clock));
        int created = new FirstMailboxes(registry, people.passwords(), secrets).load(configuration.mailboxes());
        LOGGER.info("{} mailboxes are new in the registry", created);
        RegisterMemory memory = new RegisterMemory(database);
        RegisterSources sources = configuration.openSources(clock);
        DirectoryView view = new DirectoryView(
                index,
                registry,
                memory,
                trace,
                configuration.view(),
                new SyncHistory(configuration.data().resolve("register-runs.jsonl")),
                clock);
        boolean looked = open(view);
        LifeCycle lifeCycle = new LifeCycle(
                configuration.lifeCycle(), new LifeCycle.Ground(database, registry, memory, index, view, trace, clock));

        TakeOvers takeOvers = new TakeOvers(view, TAKE_OVER_PAUSE);
        Administration administration = new Administration(
                configuration.administration(),
                new MailboxOffice.Records(
                        registry,
                        lifeCycle.flags(),
                        new Delegations(database, trace, clock),
                        people.passwords(),
                        secrets,
                        new KnownProfessionals(index)),
                people,
                takeOvers);
        Optional<ClientCertificates> certificates =
                configuration.certificates().map(part -> ClientCertificates.open(part.judged(), clock));
        Logins logins = new Logins(
                serviceSecrets,
                people.access(),
                certificates.map(judge -> new CertificateAccess(
                        judge, configuration.certificates().orElseThrow().services(), registry)),
                new Lockout(configuration.lockout(), clock),
                trace);
        LdapServer ldap = LdapServer.start(
                new LdapServer.Configuration(
                        configuration.address(),
                        configuration.ldapPort(),
                        configuration.ldapsPort(),
                        TlsContexts.mutual(
                                key,
                                certificates
                                        .map(ClientCertificates::authorities)
                                        .orElse(key.chain())),
                        certificates.isPresent(),
                        configuration.limits()),
                new LdapServer.Parts(index, logins, clock));
        WebPort https = WebPort.open(
                new WebPort.Configuration(
                        configuration.address(),
                        configuration.https().port(),
                        TlsContexts.mutual(key, key.chain()),
                        configuration.https().limits()),
                new WebPort.Parts(
                        logins,
                        List.of(new FhirSite(index, configuration.fhir(), clock), administration.site(trace, clock))));
        Duration interval = configuration.registerInterval();
        List<RegisterSchedule.Step> steps = new ArrayList<>(lifeCycle.steps());
        steps.add(people.endOld(takeOvers));
        RegisterSchedule schedule = RegisterSchedule.start(view, steps, looked ? interval : Duration.ZERO, interval);
        ServiceControl control = ServiceControl.start(
                NAME,
                arguments.runDir(),
                configuration.watch().control(),
                trace,
                watches(
                        configuration,
                        key,
                        lifeCycle,
                        clock,
                        List.of(
                                database.watch(),
                                new RegisterWatch(view, index),
                                new SourceWatch(sources, configuration.registerAge(), clock))),
                new EmbeddedBackup(trace, RegistryDatabase.EMBEDDED, database::copy)
                        .routes()
                        .and(new RegisterDesk(view, lifeCycle.review(), schedule::followSoon).routes())
                        .and(new SourceDesk(sources).routes())
                        .and(lifeCycle.routes())
                        .and(new PublicationDesk(new MailboxPublication(
                                        registry,
                                        new TakenMailboxes(
                                                database,
                                                configuration.publication().destination(),
                                                clock),
                                        memory,
                                        publisher(configuration.publication(), clock),
                                        trace))
                                .routes())
                        .and(administration.routes(
                                configuration.watch().control().answerTime())));
        sources.start(schedule::lookSoon);
        trace.record(TraceEntry.of(Event.SERVICE_STARTED));
        LOGGER.info(
                "LDAP answers on port {}, LDAPS on port {}, HTTPS on port {}",
                ldap.ldapPort(),
                ldap.ldapsPort(),
                https.port());
        return new AnnuaireService(
                lines, database, index, new Ports(ldap, https), control, new Work(sources, schedule, administration));
    }

    @Override
    public void close() {
        control.close();
        work.sources().close();
        work.schedule().close();
        ports.ldap().close();
        ports.https().close();
        work.administration().close();
        try {
            index.close();
        } catch (IOException e) {
            LOGGER.warn("the index was not closed in order; it is made anew where needed: {}", FailureTrail.of(e));
        }
        database.close();
        trace.close();
    }

    private static List<Watch> watches(
            AnnuaireConfiguration configuration,
            KeyMaterial key,
            LifeCycle lifeCycle,
            Clock clock,
            List<Watch> others) {
        Map<String, X509Certificate> certificates = new HashMap<>(lifeCycle.certificates());
        certificates.put("tls.folder", key.leaf());
        List<Watch> watches = new ArrayList<>(others);
        watches.add(new CertificateWatch(certificates, configuration.watch().certificateRemaining(), clock));
        watches.add(new DiskWatch(configuration.data(), configuration.watch().diskFreeMegabytes()));
        watches.addAll(lifeCycle.watches());
        return watches;
    }

    private static AnnuairePublisher publisher(AnnuaireConfiguration.PublicationPart configuration, Clock clock) {
        return configuration
                .fhir()
                .<AnnuairePublisher>map(FhirPublisher::new)
                .orElseGet(() -> new FilePublisher(configuration.folder(), clock));
    }

    private static ServiceSecrets serviceSecrets(Secrets secrets) {
        return new ServiceSecrets(AnnuaireConfiguration.SERVICES.stream()
                .collect(Collectors.toMap(
                        Function.identity(), name -> secrets.readOrCreate("ldap-" + name + ".secret"))));
    }

    private static DirectoryIndex openIndex(AnnuaireConfiguration configuration, Clock clock) {
        Path folder = configuration.data().resolve("index");
        try {
            return DirectoryIndex.open(
                    folder, configuration.indexBufferMegabytes(), configuration.snapshotLife(), clock);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The index in " + folder + " cannot be opened (" + e.getMessage()
                            + "): remove that folder, it is made anew from its sources.",
                    e);
        }
    }

    private static boolean open(DirectoryView view) {
        try {
            return view.open();
        } catch (IOException e) {
            throw new StartupFailure(
                    "The index cannot be written (" + e.getMessage() + "): check the space and the rights of the run "
                            + "folder.",
                    e);
        }
    }
}
