package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.explain.DocumentEnd;
import org.mssante.launcher.explain.MessageLife;
import org.mssante.launcher.explain.MessageWatch;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.ComposedMail;
import org.mssante.launcher.mail.MailContent;
import org.mssante.launcher.mail.MailLogin;
import org.mssante.launcher.mail.MailLogins;
import org.mssante.launcher.mail.SmtpAnswer;
import org.mssante.launcher.mail.SmtpClient;
import org.mssante.launcher.mail.VerbatimMail;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./mssante send}. */
@Command(
        name = "send",
        description = "Submits a message as a mailbox and shows how the server answers. A receipt is asked for.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every recipient was accepted and, with --wait, every document is filed",
            "1:not sent to every recipient, or, with --wait, not ended in time",
            "2:wrong command line",
            "3:with --wait, a document was refused"
        })
final class SendCommand implements Callable<Integer> {
    private static final int DOCUMENT_REFUSED = 3;

    @Mixin
    private InstanceOptions options;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "ADDRESS",
            converter = AddressConverter.class,
            description = "The mailbox that sends; logs in by its client certificate or password.")
    private MailAddress from;

    @Option(
            names = "--to",
            required = true,
            arity = "1..*",
            split = ",",
            paramLabel = "ADDRESS",
            converter = AddressConverter.class,
            description = "The recipients.")
    private List<MailAddress> to;

    @Option(
            names = "--as",
            paramLabel = "PERSON",
            converter = AddressConverter.class,
            description = "The member who sends as a shared mailbox.")
    private Optional<MailAddress> person;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Holds the password (default: the generated one in the run folder).")
    private Optional<Path> passwordFile;

    @Option(names = "--subject", paramLabel = "TEXT", defaultValue = "Document médical")
    private String subject;

    @Option(names = "--text", paramLabel = "TEXT", defaultValue = "Veuillez trouver le document en pièce jointe.")
    private String text;

    @Option(names = "--attach", arity = "1..*", paramLabel = "FILE", description = "Files to send, unchanged.")
    private List<Path> attachments = List.of();

    @Option(
            names = "--message",
            paramLabel = "FILE",
            description = "Send this message as it stands; excludes --subject, --text and --attach.")
    private Optional<Path> message;

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "60",
            paramLabel = "SECONDS",
            description = "Wait until every document has ended (default: ${FALLBACK-VALUE}) and show how.")
    private Optional<Integer> wait;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Instance instance = options.instance();
        MailContent content = content();
        MailLogin login = new MailLogins(instance).find(from, person, passwordFile);
        SmtpAnswer answer = SmtpClient.submission(instance, login).send(content, from, to);
        out.println(
                "Message-ID: " + content.messageId().map(id -> "<" + id + ">").orElse("none"));
        if (answer instanceof SmtpAnswer.Refused refused) {
            refused.refusals().forEach(refusal -> out.println("refused: " + refusal));
            return CommandLine.ExitCode.SOFTWARE;
        }
        SmtpAnswer.Accepted accepted = (SmtpAnswer.Accepted) answer;
        out.println("accepted: " + accepted.reply());
        accepted.refused().forEach(refusal -> out.println("refused: " + refusal));
        int end = wait.isEmpty()
                ? CommandLine.ExitCode.OK
                : awaitEnd(instance, content, accepted.recipients().size(), Duration.ofSeconds(wait.get()), out);
        return accepted.refused().isEmpty() ? end : CommandLine.ExitCode.SOFTWARE;
    }

    private MailContent content() {
        if (message.isPresent()) {
            if (!attachments.isEmpty()) {
                throw new CommandFailure("--message sends a file as it stands: leave --attach out.");
            }
            return VerbatimMail.read(message.get());
        }
        Clock clock = Clock.systemUTC();
        return new ComposedMail(
                ComposedMail.newMessageId(from),
                clock.instant(),
                from,
                to,
                subject,
                text,
                attachments.stream().map(Attachment::read).toList(),
                Optional.of(from));
    }

    /** The exit code. */
    private static int awaitEnd(
            Instance instance, MailContent content, int recipients, Duration patience, PrintWriter out) {
        String id = content.messageId()
                .orElseThrow(() -> new CommandFailure(
                        "The message has no Message-ID, so its life cannot be followed: look into the trace."));
        MessageWatch watch = new MessageWatch(instance.runDir(), Clock.systemUTC());
        MessageLife life = watch.awaitEnd(id, recipients, patience);
        for (DocumentEnd end : life.documentEnds()) {
            out.println("document " + end.documentId().orElse("without identifier") + ": "
                    + end.outcome().replyText());
        }
        if (!watch.hasEnded(life, recipients)) {
            out.println("not ended within " + patience.toSeconds() + " s: ./mssante explain " + id);
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (life.documentEnds().isEmpty()) {
            out.println("nothing to file");
        }
        boolean refused =
                life.documentEnds().stream().anyMatch(end -> end.outcome().verdict() == Outcome.Verdict.REFUSED);
        return refused ? DOCUMENT_REFUSED : CommandLine.ExitCode.OK;
    }

    /** Turns an address of the command line into a value; picocli shows the rule it breaks. */
    static final class AddressConverter implements ITypeConverter<MailAddress> {
        @Override
        public MailAddress convert(String value) {
            try {
                return MailAddress.parse(value);
            } catch (InvalidIdentifierException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
