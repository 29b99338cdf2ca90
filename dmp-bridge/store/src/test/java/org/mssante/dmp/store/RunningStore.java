package org.mssante.dmp.store;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mssante.core.control.ControlSettings;
import org.mssante.core.id.Ins;
import org.mssante.core.service.WatchSettings;
import org.mssante.core.trace.TraceLine;
import org.mssante.core.trace.TraceReader;
import org.mssante.dmp.store.http.RequestLimits;
import org.mssante.dmp.store.http.StoreServer;
import org.mssante.dmp.store.http.VihfPolicy;
import org.mssante.dmp.store.registry.RegistrationRules;
import org.mssante.dmp.store.registry.SignatureRule;
import org.mssante.dmp.xds.client.DmpClients;
import org.mssante.dmp.xds.client.DmpConnection;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.vihf.VihfIssuer;

/** A store on a free port, with clients of it. */
final class RunningStore implements AutoCloseable {
    static final String REPOSITORY = "1.2.3.999";
    static final int MAX_DOCUMENT = 40 * 1_048_576;
    static final Ins ACTIVE = new Ins("258029999900145", Ins.NIR_TEST);
    static final Ins OPPOSED = new Ins("171119999900286", Ins.NIR_TEST);
    static final Ins CLOSED = new Ins("171119999900387", Ins.NIR_TEST);
    static final Ins ABSENT = new Ins("171119999900488", Ins.NIR_TEST);

    private final Path runDir;
    private final Path patients;
    private final DmpStore store;
    private final List<DmpClients> clients = new ArrayList<>();

    private RunningStore(Path runDir, Path patients, DmpStore store) {
        this.runDir = runDir;
        this.patients = patients;
        this.store = store;
    }

    static RunningStore start(Path runDir) throws IOException {
        return start(runDir, DmpState.ABSENT);
    }

    static RunningStore start(Path runDir, DmpState unknown) throws IOException {
        return start(runDir, unknown, VihfPolicy.OFF);
    }

    static RunningStore start(Path runDir, DmpState unknown, VihfPolicy policy) throws IOException {
        return start(runDir, unknown, policy, SignatureRule.Policy.OFF);
    }

    static RunningStore start(Path runDir, SignatureRule.Policy policy) throws IOException {
        return start(runDir, DmpState.ABSENT, VihfPolicy.OFF, policy);
    }

    private static RunningStore start(Path runDir, DmpState unknown, VihfPolicy vihf, SignatureRule.Policy signature)
            throws IOException {
        Path patients = Files.createDirectories(runDir).resolve("patients.csv");
        Files.writeString(
                patients,
                "matricule,authority,state\n" + line(ACTIVE, "active") + line(OPPOSED, "opposed")
                        + line(CLOSED, "closed"),
                StandardCharsets.UTF_8);
        return new RunningStore(
                runDir,
                patients,
                DmpStore.start(
                        configuration(runDir, patients, unknown, 0, vihf(vihf), signature(signature)),
                        runDir,
                        Clock.systemUTC()));
    }

    /** What the store asks of a VIHF. */
    static StoreConfiguration.VihfPart vihf(VihfPolicy policy) {
        return new StoreConfiguration.VihfPart(
                policy,
                TestPki.folder().resolve("anchors"),
                List.of(TestPki.folder().resolve("sign/bridge/cert.pem")),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1));
    }

    /** What the store asks of the signature of a submission. */
    private static StoreConfiguration.SignaturePart signature(SignatureRule.Policy policy) {
        return new StoreConfiguration.SignaturePart(
                policy,
                TestPki.folder().resolve("anchors"),
                List.of(TestPki.folder().resolve("sign/bridge/cert.pem")),
                Duration.ofMinutes(1));
    }

    private static StoreConfiguration configuration(
            Path runDir,
            Path patients,
            DmpState unknown,
            int port,
            StoreConfiguration.VihfPart vihf,
            StoreConfiguration.SignaturePart signature) {
        return new StoreConfiguration(
                "127.0.0.1",
                port,
                TestPki.folder().resolve("dmp-store"),
                TestPki.folder().resolve("anchors"),
                List.of(TestPki.folder().resolve("bridge").resolve("cert.pem")),
                16,
                Duration.ofSeconds(30),
                new RequestLimits(4L * MAX_DOCUMENT, 65_536, 1_000_000, 100),
                new RegistrationRules(REPOSITORY, MAX_DOCUMENT),
                50,
                "jdbc:h2:file:" + runDir.resolve("store/data/store")
                        + ";DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=8192;LOCK_TIMEOUT=10000",
                "store",
                "",
                8,
                Optional.of(patients),
                unknown,
                vihf,
                signature,
                new WatchSettings(
                        new ControlSettings(2, 16_384, Duration.ofSeconds(10), Duration.ofMinutes(1)),
                        Duration.ofDays(1),
                        1));
    }

    static String line(Ins patient, String state) {
        return patient.matricule() + "," + patient.authority() + "," + state + "\n";
    }

    DmpClients clients() {
        return clients(TestPki.client("bridge"));
    }

    DmpClients clients(SSLContext tls) {
        return kept(connection(store.port(), tls, runDir));
    }

    /** Clients that send a VIHF. */
    DmpClients clients(VihfIssuer vihf) {
        return kept(connection(store.port(), TestPki.client("bridge"), Optional.of(vihf), runDir));
    }

    private DmpClients kept(DmpConnection connection) {
        DmpClients made = new DmpClients(connection, Clock.systemUTC());
        clients.add(made);
        return made;
    }

    static DmpConnection connection(int port, SSLContext tls, Path spool) {
        return connection(port, tls, Optional.empty(), spool);
    }

    private static DmpConnection connection(int port, SSLContext tls, Optional<VihfIssuer> vihf, Path spool) {
        return new DmpConnection(
                services(port), tls, vihf, Duration.ofSeconds(5), Duration.ofSeconds(30), REPOSITORY, spool, 65_536);
    }

    static URI services(int port) {
        return URI.create("https://127.0.0.1:" + port + StoreServer.CONTEXT);
    }

    URI services() {
        return services(store.port());
    }

    Path patientsFile() {
        return patients;
    }

    Path spool() {
        return runDir.resolve("store").resolve("spool");
    }

    List<TraceLine> trace() throws IOException {
        return new TraceReader(runDir).find(line -> true);
    }

    @Override
    public void close() {
        clients.forEach(DmpClients::close);
        store.close();
    }
}
