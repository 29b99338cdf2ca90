package org.mssante.dmp.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.mssante.core.health.CertificateWatch;
import org.mssante.core.health.DiskWatch;
import org.mssante.core.metrics.EventCounts;
import org.mssante.core.service.EmbeddedBackup;
import org.mssante.core.service.Service;
import org.mssante.core.service.ServiceArguments;
import org.mssante.core.service.ServiceControl;
import org.mssante.core.service.ServiceProcess;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.JsonLinesTrace;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.store.endpoint.PatientsEndpoint;
import org.mssante.dmp.store.endpoint.RegistryEndpoint;
import org.mssante.dmp.store.endpoint.RepositoryEndpoint;
import org.mssante.dmp.store.http.ClientList;
import org.mssante.dmp.store.http.HttpsAddress;
import org.mssante.dmp.store.http.SoapServices;
import org.mssante.dmp.store.http.StoreServer;
import org.mssante.dmp.store.http.VihfGate;
import org.mssante.dmp.store.http.VihfPolicy;
import org.mssante.dmp.store.patient.PatientRegister;
import org.mssante.dmp.store.query.StoredQueries;
import org.mssante.dmp.store.registry.Registrar;
import org.mssante.dmp.store.registry.SignatureRule;
import org.mssante.dmp.store.sql.StoreDatabase;
import org.mssante.dmp.xds.signature.SignatureCheck;
import org.mssante.dmp.xds.vihf.VihfCheck;
import org.mssante.dmp.xds.xmldsig.Signers;

/** The store's process: {@code --conf FILE --run-dir DIR [--port-offset N]}. */
public final class DmpStore implements Service {
    private static final String NAME = "store";
    private static final Signers NOBODY = new Signers(List.of(), Set.of());

    private final StoreDatabase database;
    private final StoreServer server;
    private final JsonLinesTrace trace;
    private final ServiceControl control;

    private DmpStore(StoreDatabase database, StoreServer server, JsonLinesTrace trace, ServiceControl control) {
        this.database = database;
        this.server = server;
        this.trace = trace;
        this.control = control;
    }

    public static void main(String[] args) {
        ServiceProcess.run(NAME, args, DmpStore::start);
    }

    /** @throws StartupFailure with one sentence that says what to do */
    static DmpStore start(ServiceArguments arguments) {
        StoreConfiguration configuration = StoreConfiguration.read(arguments.settings());
        return start(configuration, arguments.runDir(), Clock.systemUTC());
    }

    static DmpStore start(StoreConfiguration configuration, Path runDir, Clock clock) {
        KeyMaterial key = KeyMaterial.load(configuration.key());
        SSLContext tls = TlsContexts.mutual(key, PemFiles.certificatesOfFolder(configuration.anchors()));
        Set<X500Principal> clients = subjects(configuration.clients());
        Path spool = emptyFolder(runDir.resolve(NAME).resolve("spool"));
        JsonLinesTrace lines = JsonLinesTrace.open(NAME, runDir, clock);
        EventCounts trace = new EventCounts(lines);
        StoreDatabase database = StoreDatabase.open(
                configuration.databaseUrl(),
                configuration.databaseUser(),
                configuration.databasePassword(),
                configuration.databaseConnections());
        try {
            HttpsAddress address = new HttpsAddress(
                    configuration.listenAddress(),
                    configuration.port(),
                    tls,
                    configuration.threads(),
                    configuration.idle());
            StoreServer server =
                    serve(configuration, address, database, trace, new ClientList(clients, trace), spool, clock);
            ServiceControl control = ServiceControl.start(
                    NAME,
                    runDir,
                    configuration.watch().control(),
                    trace,
                    List.of(
                            database.watch(),
                            new CertificateWatch(
                                    Map.of("tls.key", key.leaf()),
                                    configuration.watch().certificateRemaining(),
                                    clock),
                            new DiskWatch(runDir, configuration.watch().diskFreeMegabytes())),
                    new EmbeddedBackup(trace, configuration.databaseUrl(), database::copy).routes());
            trace.record(TraceEntry.of(Event.SERVICE_STARTED).with(Field.DETAIL, "port " + server.port()));
            return new DmpStore(database, server, lines, control);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The port it listens on. */
    int port() {
        return server.port();
    }

    @Override
    public void close() {
        control.close();
        try {
            server.close();
        } finally {
            database.close();
            trace.close();
        }
    }

    private static StoreServer serve(
            StoreConfiguration configuration,
            HttpsAddress address,
            StoreDatabase database,
            Trace trace,
            ClientList clients,
            Path spool,
            Clock clock) {
        PatientRegister patients =
                new PatientRegister(database, configuration.patients(), configuration.unknownPatient(), clock);
        Registrar registrar = new Registrar(
                database, patients, configuration.rules(), signatures(configuration.signature(), clock), clock);
        String repositoryId = configuration.rules().repositoryId();
        SoapServices services =
                new SoapServices(configuration.limits(), spool, gate(configuration.vihf(), clients, trace, clock));
        services.publish(
                new RepositoryEndpoint(registrar, database, repositoryId, trace, clients),
                new RegistryEndpoint(new StoredQueries(database, configuration.maxResults()), trace, clients),
                new PatientsEndpoint(patients, trace, clients, clock));
        return StoreServer.start(address, services.bus(), clients);
    }

    private static VihfGate gate(StoreConfiguration.VihfPart part, ClientList clients, Trace trace, Clock clock) {
        Signers signers = part.policy() == VihfPolicy.OFF ? NOBODY : signers(part.anchors(), part.signers());
        VihfCheck.Rules rules = new VihfCheck.Rules(signers, part.age(), part.skew());
        return new VihfGate(part.policy(), new VihfCheck(rules, clock), clients, trace);
    }

    private static SignatureRule signatures(StoreConfiguration.SignaturePart part, Clock clock) {
        Signers signers = part.policy() == SignatureRule.Policy.OFF ? NOBODY : signers(part.anchors(), part.signers());
        return new SignatureRule(part.policy(), new SignatureCheck(signers, part.skew(), clock));
    }

    private static Signers signers(Path anchors, List<Path> certificates) {
        return new Signers(PemFiles.certificatesOfFolder(anchors), subjects(certificates));
    }

    private static Set<X500Principal> subjects(List<Path> certificates) {
        return certificates.stream()
                .map(file -> PemFiles.certificates(file).get(0).getSubjectX500Principal())
                .collect(Collectors.toSet());
    }

    /** What a process that was killed left there is parts of documents nobody was told are registered. */
    private static Path emptyFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder " + folder + " cannot be written (" + e.getMessage() + "): check its rights.", e);
        }
    }
}
