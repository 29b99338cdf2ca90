package org.mssante.server.spool;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.mssante.annuaire.api.Absence;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.absence.AbsenceMessage;
import org.mssante.server.absence.AbsenceRules;
import org.mssante.server.absence.AnsweredSenders;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.storage.content.SpooledContent;
import org.mssante.server.storage.sql.UnitOfWork;
import org.mssante.server.trace.MailFacts;
import org.mssante.server.trust.TrustSpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells persons of the trust space who write to a mailbox that nobody reads it for some days, once a sender and absence. The
 * answer goes through the spool as any message of that mailbox, in the transaction that delivers the one it answers.
 */
final class AbsenceAnswers {
    private static final Logger LOGGER = LoggerFactory.getLogger(AbsenceAnswers.class);

    private final Mailboxes mailboxes;
    private final TrustSpace space;
    private final SpoolQueue spool;
    private final MailHost host;
    private final Trace trace;
    private final Clock clock;
    private final ZoneId zone;

    /** @param zone in which days begin */
    @Inject
    AbsenceAnswers(
            Mailboxes mailboxes,
            TrustSpace space,
            SpoolQueue spool,
            MailHost host,
            Trace trace,
            Clock clock,
            ZoneId zone) {
        this.mailboxes = mailboxes;
        this.space = space;
        this.spool = spool;
        this.host = host;
        this.trace = trace;
        this.clock = clock;
        this.zone = zone;
    }

    /** One that is written already, for the case that its recipient gets the message. */
    private record Answer(
            MailAddress recipient, org.mssante.core.id.MailAddress mailbox, Absence absence, String message) {}

    /** What is told about one message. */
    final class Answers {
        private final MailImpl mail;
        private final Optional<org.mssante.core.id.MailAddress> sender;
        private final List<Answer> answers;

        private Answers(MailImpl mail, Optional<org.mssante.core.id.MailAddress> sender, List<Answer> answers) {
            this.mail = mail;
            this.sender = sender;
            this.answers = List.copyOf(answers);
        }

        /** As part of the unit of work that puts the message into their mailboxes. */
        void delivered(UnitOfWork unit, Collection<MailAddress> recipients) throws SQLException {
            for (Answer answer : answers) {
                if (recipients.contains(answer.recipient())
                        && AnsweredSenders.isNew(
                                unit.connection(), answer.mailbox(), sender.orElseThrow(), answer.absence())) {
                    send(unit, answer);
                }
            }
        }

        private void send(UnitOfWork unit, Answer answer) throws SQLException {
            try (SpooledContent content = SpooledContent.ofMail(
                    new ByteArrayInputStream(answer.message().getBytes(StandardCharsets.US_ASCII)))) {
                MailImpl reply = MailImpl.builder()
                        .name("absence-" + MailImpl.getId())
                        .sender(MaybeSender.nullSender())
                        .addRecipient(new MailAddress(sender.orElseThrow().toString()))
                        .build();
                Origin.sentAs(reply, answer.mailbox());
                spool.stored().enQueue(unit, reply, content, Duration.ZERO);
            } catch (IOException | AddressException e) {
                throw new IllegalStateException("an answer in memory cannot be read", e);
            }
            TraceEntry line =
                    MailFacts.envelope(TraceEntry.of(Event.ABSENCE_ANSWERED), mail, List.of(answer.recipient()));
            unit.afterwards(() -> trace.record(line));
        }
    }

    /**
     * Decides and writes beforehand. A message whose header nobody can read is delivered without an answer.
     *
     * @param open the mailboxes that take the message: no other one answers
     * @throws MessagingException where the message cannot be read
     */
    Answers prepare(MailImpl mail, Map<MailAddress, Mailbox> open) throws MessagingException {
        Optional<org.mssante.core.id.MailAddress> sender =
                mail.getMaybeSender().asOptional().flatMap(JamesNames::address);
        List<Answer> answers = new ArrayList<>();
        if (sender.isPresent()) {
            for (Map.Entry<MailAddress, Mailbox> recipient : open.entrySet()) {
                answer(mail, recipient.getKey(), recipient.getValue(), sender.get())
                        .ifPresent(answers::add);
            }
        }
        return new Answers(mail, sender, answers);
    }

    private Optional<Answer> answer(
            MailImpl mail, MailAddress recipient, Mailbox mailbox, org.mssante.core.id.MailAddress sender)
            throws MessagingException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Optional<Absence> absence = mailbox.absence().filter(days -> days.lastsOn(today));
        if (absence.isEmpty()
                || mailbox.address().equals(sender)
                || !isPersonal(mail, mailbox, sender)
                || !isPersonOfTheTrustSpace(sender)) {
            return Optional.empty();
        }
        String message = AbsenceMessage.write(
                mailbox, absence.get(), sender, messageId(mail), host.name(), clock.instant(), zone);
        return Optional.of(new Answer(recipient, mailbox.address(), absence.get(), message));
    }

    private static boolean isPersonal(MailImpl mail, Mailbox mailbox, org.mssante.core.id.MailAddress sender) {
        try {
            MimeMessage message = mail.getMessage();
            return AbsenceRules.isPersonal(message, sender) && AbsenceRules.names(message, mailbox.address());
        } catch (MessagingException | IllegalStateException e) {
            LOGGER.warn("the message {} gets no notice of absence: {}", mail.getName(), FailureTrail.of(e));
            return false;
        }
    }

    private boolean isPersonOfTheTrustSpace(org.mssante.core.id.MailAddress sender) {
        if (mailboxes.isOurs(sender.domain())) {
            return mailboxes.recipient(sender) instanceof MailboxDecision.Accepted known
                    && known.mailbox().type() != MailboxType.APP;
        }
        return space.domain(sender.domain()).isAccepted();
    }

    private static Optional<String> messageId(MailImpl mail) throws MessagingException {
        return Optional.ofNullable(mail.getMessage().getMessageID()).filter(id -> id.matches("<[!-;=?-~]{1,900}>"));
    }
}
