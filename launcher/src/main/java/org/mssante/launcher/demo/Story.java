package org.mssante.launcher.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.TlsContexts;
import org.mssante.core.trace.TraceReader;
import org.mssante.dmp.xds.client.DmpClients;
import org.mssante.dmp.xds.client.DmpConnection;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.Polling;
import org.mssante.launcher.explain.MessageWatch;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.ComposedMail;
import org.mssante.launcher.mail.ImapClient;
import org.mssante.launcher.mail.MailLogin;
import org.mssante.launcher.mail.MailLogins;
import org.mssante.launcher.mail.SmtpClient;

/** The steps of the story in their order, with fresh messages and documents, on one instance. */
final class Story implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int SPOOL_THRESHOLD = 1024 * 1024;
    private static final String BODY = "Bonjour,\n\nVeuillez trouver le document en pièce jointe.\n";

    private final Instance instance;
    private final Clock clock;
    private final MailLogins logins;
    private final Inboxes inboxes;
    private final DocumentFate fate;
    private final DmpClients clients;

    private Story(Instance instance, Clock clock, DmpClients clients) {
        this.instance = instance;
        this.clock = clock;
        this.logins = new MailLogins(instance);
        this.inboxes = new Inboxes(new Polling(clock, POLL), PATIENCE);
        this.fate = new DocumentFate(new MessageWatch(instance.runDir(), clock), PATIENCE);
        this.clients = clients;
    }

    static Story prepare(Instance instance, Clock clock) {
        return new Story(instance, clock, new DmpClients(connection(instance), clock));
    }

    List<DemoStep> steps() {
        long arc = clock.millis();
        OwnVerdict signed = new OwnVerdict(instance.settings(ServiceKind.SERVER).text("mail.host"), "smime=pass");
        DmpView dmp = new DmpView(clients.registry(), clients.retrieve());
        SmtpClient laboratory = SmtpClient.submission(instance, logins.of(Cast.LABORATORY));
        SmtpClient hospital = SmtpClient.operator(instance, "operator-b");
        DemoMail report = mail(
                Cast.LABORATORY,
                Cast.PRACTITIONER,
                "COMPTE RENDU D'EXAMENS BIOLOGIQUES " + Cast.NAME_OF_PATIENT_WITH_DMP,
                "biologie-active",
                arc);
        DemoMail opposed = mail(
                Cast.LABORATORY,
                Cast.PRACTITIONER,
                "COMPTE RENDU D'EXAMENS BIOLOGIQUES " + Cast.NAME_OF_PATIENT_OPPOSED,
                "biologie-opposed",
                arc + 1);
        DemoMail letter = mail(
                Cast.HOSPITAL,
                Cast.PRACTICE,
                "LETTRE DE LIAISON " + Cast.NAME_OF_PATIENT_WITH_DMP,
                "lettre-de-sortie",
                arc + 2);
        ReadReport.Reader practitioner = new ReadReport.Reader(
                "the general practitioner", ImapClient.imaps(instance, logins.of(Cast.PRACTITIONER)));
        return List.of(
                new SubmitReport(
                        "The laboratory's server submits a biology report, logged in by its certificate",
                        laboratory,
                        report),
                new ReadReport(
                        "The general practitioner reads it in a mail client",
                        inboxes,
                        List.of(practitioner),
                        report,
                        Optional.of(signed)),
                new ReportIsFiled(fate, dmp, report, Cast.PATIENT_WITH_DMP),
                new SubmitReport(
                        "The laboratory sends the report of a second patient, who has opposed", laboratory, opposed),
                new ReadReport(
                        "His report reaches the practitioner all the same",
                        inboxes,
                        List.of(practitioner),
                        opposed,
                        Optional.of(signed)),
                new ReportIsNotFiled(fate, dmp, opposed, Cast.PATIENT_OPPOSED),
                new ReadReceipt(
                        inboxes,
                        ImapClient.imaps(instance, logins.of(Cast.LABORATORY)),
                        opposed,
                        Outcome.PATIENT_OPPOSED),
                new SubmitReport(
                        "A hospital, another operator, delivers a discharge letter to a practice over mutual TLS",
                        hospital,
                        letter),
                new ReadReport(
                        "Two members read the practice's inbox under their own names",
                        inboxes,
                        members(),
                        letter,
                        Optional.empty()),
                new MembersAreNamed(
                        new TraceReader(instance.runDir()),
                        Cast.PRACTICE,
                        List.of(Cast.PRACTITIONER, Cast.COLLEAGUE),
                        OffsetDateTime.now(clock)),
                new RefusedMail(
                        "A server that is not on the trust list tries to deliver",
                        SmtpClient.operator(instance, "unlisted"),
                        plain(Cast.UNLISTED, Cast.PRACTICE),
                        "MAIL FROM",
                        Outcome.SENDER_DOMAIN_NOT_LISTED),
                new RefusedMail(
                        "The laboratory tries to write to an address outside the trust space",
                        laboratory,
                        plain(Cast.LABORATORY, Cast.OUTSIDE),
                        "RCPT TO",
                        Outcome.RECIPIENT_OUTSIDE_TRUST_SPACE));
    }

    @Override
    public void close() {
        clients.close();
    }

    /** Both ways to say who acts for whom: one user name for both, and the two identities of SASL PLAIN. */
    private List<ReadReport.Reader> members() {
        MailLogin first = logins.asMember(Cast.PRACTICE, Cast.PRACTITIONER).combined();
        MailLogin second = logins.asMember(Cast.PRACTICE, Cast.COLLEAGUE);
        return List.of(
                new ReadReport.Reader(Cast.PRACTITIONER.toString(), ImapClient.imaps(instance, first)),
                new ReadReport.Reader(Cast.COLLEAGUE.toString(), ImapClient.starttls(instance, second)));
    }

    private DemoMail mail(MailAddress from, MailAddress to, String label, String sample, long arc) {
        Path folder = instance.confDir().resolve("demo/documents").resolve(sample);
        return DemoMail.of(from, to, clock.instant(), label, BODY, new SampleFolder(folder).report(arc));
    }

    private ComposedMail plain(MailAddress from, MailAddress to) {
        return new ComposedMail(
                ComposedMail.newMessageId(from),
                clock.instant(),
                from,
                List.of(to),
                "Courriel de démonstration",
                BODY,
                List.of(),
                Optional.empty());
    }

    private static DmpConnection connection(Instance instance) {
        Path spool = instance.runDir().resolve("launcher/spool");
        try {
            Files.createDirectories(spool);
        } catch (IOException e) {
            throw new CommandFailure(
                    "The folder " + spool + " cannot be written: check the rights of the run folder.", e);
        }
        return new DmpConnection(
                URI.create("https://" + instance.endpoint(ServicePort.SOAP) + "/si-dmp-server/v2/services"),
                TlsContexts.mutual(instance.identity("bridge"), instance.anchors()),
                Optional.empty(),
                CONNECT,
                PATIENCE,
                instance.settings(ServiceKind.STORE).text("repository.id"),
                spool,
                SPOOL_THRESHOLD);
    }
}
