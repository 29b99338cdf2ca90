package org.mssante.dmp.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.core.health.CertificateWatch;
import org.mssante.core.health.DiskWatch;
import org.mssante.core.metrics.EventCounts;
import org.mssante.core.service.EmbeddedBackup;
import org.mssante.core.service.Service;
import org.mssante.core.service.ServiceArguments;
import org.mssante.core.service.ServiceControl;
import org.mssante.core.service.ServiceProcess;
import org.mssante.core.service.WatchSettings;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.JsonLinesTrace;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.admin.DocumentDesk;
import org.mssante.dmp.bridge.admin.DocumentWatch;
import org.mssante.dmp.bridge.admin.ReceiptWatch;
import org.mssante.dmp.bridge.extract.MailExtractor;
import org.mssante.dmp.bridge.filing.ContentRetention;
import org.mssante.dmp.bridge.filing.DocumentFinder;
import org.mssante.dmp.bridge.filing.DocumentProcess;
import org.mssante.dmp.bridge.filing.FilingSteps;
import org.mssante.dmp.bridge.filing.FilingWishes;
import org.mssante.dmp.bridge.filing.Room;
import org.mssante.dmp.bridge.filing.SubmissionSource;
import org.mssante.dmp.bridge.filing.WorkLoop;
import org.mssante.dmp.bridge.intake.Intake;
import org.mssante.dmp.bridge.intake.IntakeSettings;
import org.mssante.dmp.bridge.ledger.ContentLedger;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.DocumentQueue;
import org.mssante.dmp.bridge.ledger.FilingLocks;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;
import org.mssante.dmp.bridge.ledger.MessageLedger;
import org.mssante.dmp.bridge.ledger.ReceiptLedger;
import org.mssante.dmp.bridge.ledger.Worker;
import org.mssante.dmp.bridge.receipt.ReceiptComposer;
import org.mssante.dmp.bridge.receipt.ReceiptLimits;
import org.mssante.dmp.bridge.receipt.ReceiptProcess;
import org.mssante.dmp.bridge.receipt.ReceiptTransport;
import org.mssante.dmp.bridge.receipt.Submission;
import org.mssante.dmp.cda.CdaMetadata;
import org.mssante.dmp.cda.CdaReader;
import org.mssante.dmp.cda.CdaSchema;
import org.mssante.dmp.cda.DocumentAssessor;
import org.mssante.dmp.cda.FormReport;
import org.mssante.dmp.cda.HeaderAssessor;
import org.mssante.dmp.cda.PatientIdentity;
import org.mssante.dmp.cda.Schematron;
import org.mssante.dmp.consent.AuthorCheck;
import org.mssante.dmp.consent.ConsentCheck;
import org.mssante.dmp.consent.OppositionFile;
import org.mssante.dmp.consent.StructureCheck;
import org.mssante.dmp.xds.client.DmpClients;
import org.mssante.dmp.xds.client.DmpConnection;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;
import org.mssante.dmp.xds.signature.SigningClient;
import org.mssante.dmp.xds.signature.SubmissionSigner;
import org.mssante.dmp.xds.vihf.VihfIssuer;

/** The bridge as a service: intake, workers, and what they need. */
public final class DmpBridge implements Service {
    public static final String NAME = "bridge";

    private final Intake intake;
    private final WorkLoop work;
    private final DmpClients dmp;
    private final LdapDirectory directory;
    private final LedgerDatabase database;
    private final JsonLinesTrace trace;
    private final ServiceControl control;

    private DmpBridge(
            Intake intake,
            WorkLoop work,
            DmpClients dmp,
            LdapDirectory directory,
            LedgerDatabase database,
            JsonLinesTrace trace,
            ServiceControl control) {
        this.intake = intake;
        this.work = work;
        this.dmp = dmp;
        this.directory = directory;
        this.database = database;
        this.trace = trace;
        this.control = control;
    }

    public static void main(String[] args) {
        ServiceProcess.run(NAME, args, DmpBridge::start);
    }

    /** Starts the bridge; it returns once the intake listens. */
    public static DmpBridge start(ServiceArguments arguments) {
        BridgeSettings settings = BridgeSettings.from(arguments.settings());
        Clock clock = Clock.systemUTC();
        Path data = folder(data(arguments.runDir()));
        IntakeSettings intakeSettings = intake(settings.intake());
        TestRoots.check(
                settings.documents().ins(),
                KeyMaterial.load(settings.dmp().certificate()).leaf());
        SigningKeys keys = SigningKeys.of(settings.dmp(), key -> key.load(clock.instant()));
        DmpClients dmp =
                new DmpClients(connection(settings.dmp(), keys.vihf(), folder(data.resolve("spool")), clock), clock);
        ReceiptTransport transport = new ReceiptTransport(submission(settings.receipts()));
        JsonLinesTrace lines = JsonLinesTrace.open(NAME, arguments.runDir(), clock);
        EventCounts trace = new EventCounts(lines);
        LedgerDatabase database = ledger(settings.database(), data);
        database.takeName(settings.work().name());
        Worker worker = new Worker(settings.work().name(), settings.work().lease(), clock);
        new FilingLocks(database, worker).recover();
        MessageLedger messages = new MessageLedger(database, worker);
        LdapDirectory directory = LdapDirectory.open(settings.consent().directory());
        ConsentCheck consent = new ConsentCheck(
                dmp.existence(),
                new OppositionFile(settings.consent().oppositions()),
                new ConsentCheck.Authority(
                        new AuthorCheck(
                                directory::professional, settings.consent().authors()),
                        new StructureCheck(directory, settings.consent().structures())));
        WorkLoop work = work(
                settings,
                database,
                worker,
                messages,
                dmp,
                filing(settings.dmp(), keys.submissions(), dmp, clock),
                new DocumentProcess.Permission(consent, new FilingWishes(directory)),
                transport,
                trace);
        Intake intake = Intake.start(intakeSettings, messages, trace, work::wake);
        work.start(settings.work().workers());
        ServiceControl control = control(arguments, settings, keys, database, worker, data, trace, work::wake);
        trace.record(TraceEntry.of(Event.SERVICE_STARTED));
        return new DmpBridge(intake, work, dmp, directory, database, lines, control);
    }

    /** Takes no more mails, lets the workers end their piece, then closes what they used. */
    @Override
    public void close() {
        control.close();
        intake.close();
        work.close();
        dmp.close();
        directory.close();
        database.close();
        trace.close();
    }

    private static ServiceControl control(
            ServiceArguments arguments,
            BridgeSettings settings,
            SigningKeys keys,
            LedgerDatabase database,
            Worker worker,
            Path data,
            EventCounts trace,
            Runnable restarted) {
        Clock clock = Clock.systemUTC();
        DocumentQueue documents = new DocumentQueue(database, worker);
        ReceiptLedger receipts = new ReceiptLedger(database, worker);
        WatchSettings watch = settings.watch();
        Map<String, X509Certificate> certificates = new TreeMap<>(Map.of(
                "intake.tls", KeyMaterial.load(settings.intake().certificate()).leaf(),
                "dmp.tls", KeyMaterial.load(settings.dmp().certificate()).leaf(),
                "receipt.tls",
                        KeyMaterial.load(settings.receipts().certificate()).leaf()));
        keys.vihf().ifPresent(key -> certificates.put("dmp.vihf.key", key.leaf()));
        keys.submissions().ifPresent(key -> certificates.put("dmp.signature.key", key.leaf()));
        return ServiceControl.start(
                NAME,
                arguments.runDir(),
                watch.control(),
                trace,
                List.of(
                        database.watch(),
                        new DocumentWatch(documents, settings.documentAge(), settings.decisionAge(), clock),
                        new ReceiptWatch(receipts, settings.receiptAge(), clock),
                        new CertificateWatch(certificates, watch.certificateRemaining(), clock),
                        new DiskWatch(data, watch.diskFreeMegabytes())),
                new EmbeddedBackup(trace, settings.database().url().orElse(LedgerDatabase.EMBEDDED), database::copy)
                        .routes()
                        .and(new DocumentDesk(documents, trace, restarted, clock).routes()));
    }

    private static WorkLoop work(
            BridgeSettings settings,
            LedgerDatabase database,
            Worker worker,
            MessageLedger messages,
            DmpClients dmp,
            ProvideAndRegisterClient filing,
            DocumentProcess.Permission permission,
            ReceiptTransport transport,
            Trace trace) {
        Clock clock = worker.clock();
        BridgeSettings.DocumentPart rules = settings.documents();
        Room room = new Room(settings.work().memory());
        PatientIdentity identity = new PatientIdentity(rules.ins());
        HeaderAssessor assessor =
                new HeaderAssessor(identity, new CdaMetadata(rules.associations(), rules.ins(), rules.zone()));
        DocumentLedger documents = new DocumentLedger(database, worker);
        DocumentFinder finder = new DocumentFinder(
                new MailExtractor(rules.limits(), identity, rules.unstated()),
                new DocumentAssessor(assessor, new CdaSchema(), rules.schema()),
                rules.schematron()
                        .<FormReport>map(part -> Schematron.open(part.file(), part.limits()))
                        .orElse(FormReport.NONE),
                documents,
                trace);
        DocumentProcess process = new DocumentProcess(
                documents,
                new FilingLocks(database, worker),
                new DocumentProcess.Reading(new CdaReader(rules.limits().cda()), assessor),
                permission,
                new DocumentProcess.Target(
                        filing,
                        dmp.registry(),
                        new SubmissionSource(settings.dmp().sourceId()),
                        settings.dmp().older()),
                settings.work().endurance(),
                trace,
                clock);
        ReceiptProcess receipts = new ReceiptProcess(
                new ReceiptProcess.Ledgers(messages, documents, new ReceiptLedger(database, worker)),
                new ReceiptComposer(
                        settings.receipts().mailbox(),
                        settings.intake().hostName() + "; MSSante DMP bridge",
                        new ReceiptLimits(
                                settings.receipts().maxBytes(),
                                rules.limits().maxParts(),
                                rules.limits().maxDepth()),
                        clock),
                transport,
                new ReceiptProcess.Space(room, settings.receipts().maxBytes()),
                settings.work().endurance().backoff(),
                trace,
                clock);
        FilingSteps steps = new FilingSteps(
                messages,
                documents,
                finder,
                process,
                new FilingSteps.Space(room, rules.limits().zip().maxTotalBytes()),
                settings.work().endurance(),
                clock);
        ContentRetention retention =
                new ContentRetention(new ContentLedger(database, worker), settings.retention(), trace, clock);
        return new WorkLoop(
                List.of(steps::find, steps::file, receipts::settleNext, receipts::sendNext, retention::free),
                settings.work().pause());
    }

    private static IntakeSettings intake(BridgeSettings.IntakePart part) {
        SSLContext tls =
                TlsContexts.mutual(KeyMaterial.load(part.certificate()), PemFiles.certificatesOfFolder(part.anchors()));
        return new IntakeSettings(
                part.address(),
                part.port(),
                part.hostName(),
                tls,
                PemFiles.certificates(part.mailServerCertificate()).get(0).getSubjectX500Principal(),
                part.maxMessageBytes(),
                part.maxRecipients(),
                part.maxConnections(),
                part.timeout());
    }

    /** The connection to the DMP as configured; {@code spool} exists. */
    public static DmpConnection connection(BridgeSettings.DmpPart part, Path spool, Clock clock) {
        return connection(part, part.vihf().map(vihf -> vihf.key().load(clock.instant())), spool, clock);
    }

    private static DmpConnection connection(
            BridgeSettings.DmpPart part, Optional<KeyMaterial> signer, Path spool, Clock clock) {
        return new DmpConnection(
                part.services(),
                TlsContexts.mutual(KeyMaterial.load(part.certificate()), PemFiles.certificatesOfFolder(part.anchors())),
                part.vihf()
                        .flatMap(vihf ->
                                signer.map(key -> new VihfIssuer(vihf.requester(), key, vihf.validity(), clock))),
                part.connectTimeout(),
                part.answerTimeout(),
                part.repositoryId(),
                spool,
                part.spoolThreshold());
    }

    /** Files in a DMP, each submission signed where the settings say so. */
    private static ProvideAndRegisterClient filing(
            BridgeSettings.DmpPart part, Optional<KeyMaterial> signer, DmpClients dmp, Clock clock) {
        ProvideAndRegisterClient client = dmp.provideAndRegister();
        return part.signature()
                .<ProvideAndRegisterClient>flatMap(signature -> signer.map(
                        key -> new SigningClient(client, new SubmissionSigner(key, signature.style(), clock))))
                .orElse(client);
    }

    private static Submission submission(BridgeSettings.ReceiptPart part) {
        return new Submission(
                part.host(),
                part.port(),
                part.mailbox(),
                TlsContexts.mutual(KeyMaterial.load(part.certificate()), PemFiles.certificatesOfFolder(part.anchors())),
                part.timeout());
    }

    /** The folder of what the bridge of this run folder keeps. */
    private static Path data(Path runDir) {
        return runDir.resolve(NAME).resolve("data");
    }

    /** The ledger as configured; embedded, it stands in {@code data}. */
    private static LedgerDatabase ledger(BridgeSettings.DatabasePart part, Path data) {
        Optional<String> url = part.url();
        return url.isPresent()
                ? LedgerDatabase.open(url.get(), part.user(), part.password(), part.connections())
                : LedgerDatabase.embedded(data, part.connections());
    }

    private static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartupFailure(
                    "The folder " + folder + " cannot be created (" + e.getMessage() + "): check its rights.", e);
        }
    }
}
