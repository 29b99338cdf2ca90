package org.mssante.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.mail.MessagingException;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.james.mailrepository.api.MailKey;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.mssante.server.delivery.Attempts;
import org.mssante.server.delivery.GivingUp;
import org.mssante.server.spool.SecondAttempts;
import org.mssante.server.storage.content.MailContent;
import org.mssante.server.storage.mail.StoredMails;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.repository.JdbcMailRepository;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.storage.sql.UnitOfWork;

/**
 * The quarantine as an operator looks at it:
 *
 * <ul>
 *   <li>{@code GET /quarantine}: facts of each mail; {@code GET /quarantine/NAME}: with its headers
 *   <li>{@code POST /quarantine/NAME/export?reason=…}: its octets
 *   <li>{@code POST /quarantine/NAME/replay?reason=…}: into the spool again, with all its attempts before it
 *   <li>{@code POST /quarantine/NAME/remove?reason=…}: gone; the sender is told where there is one
 * </ul>
 */
public final class QuarantineDesk {
    private static final String PLACE = "quarantine";
    private static final String REMOVED = "removed";

    private final JdbcMailRepository repository;
    private final JdbcMailQueue spool;
    private final GivingUp givingUp;
    private final Database database;
    private final OperatorTrace trace;

    public QuarantineDesk(
            JdbcMailRepository repository, JdbcMailQueue spool, GivingUp givingUp, Database database, Trace trace) {
        this.repository = repository;
        this.spool = spool;
        this.givingUp = givingUp;
        this.database = database;
        this.trace = new OperatorTrace(trace);
    }

    /** What may fail as James' interfaces say. */
    @FunctionalInterface
    private interface Work {
        ControlAnswer on(Mail mail) throws MessagingException;
    }

    /** What is done with a mail as it leaves. */
    @FunctionalInterface
    private interface Deed {
        void in(UnitOfWork unit) throws SQLException, MessagingException;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get("/quarantine", request -> ControlAnswer.json(this::list))
                .get("/quarantine/{name}", request -> onMail(request, mail -> show(request, mail)))
                .post("/quarantine/{name}/export", request -> withReason(request, mail -> export(request, mail)))
                .post("/quarantine/{name}/replay", request -> withReason(request, mail -> replay(request, mail)))
                .post("/quarantine/{name}/remove", request -> withReason(request, mail -> remove(request, mail)));
    }

    private void list(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (MailKey key : keys()) {
            Optional<Mail> mail = find(key);
            if (mail.isPresent()) {
                json.writeStartObject();
                write(mail.get(), json);
                json.writeEndObject();
                LifecycleUtil.dispose(mail.get());
            }
        }
        json.writeEndArray();
    }

    private ControlAnswer show(ControlRequest request, Mail mail) {
        trace.onMail(Event.OPERATOR_LOOKED, request, PLACE, mail);
        return ControlAnswer.json(json -> {
            json.writeStartObject();
            write(mail, json);
            new MailView(json).headers(mail);
            json.writeEndObject();
        });
    }

    private ControlAnswer export(ControlRequest request, Mail mail) {
        trace.onMail(Event.OPERATOR_EXPORTED, request, PLACE, mail);
        return ControlAnswer.octets("message/rfc822", out -> copy(mail, out));
    }

    /** Into the spool and out of here in one transaction. */
    private ControlAnswer replay(ControlRequest request, Mail mail) throws MessagingException {
        if (mail.getRecipients().isEmpty()) {
            return ControlAnswer.refused(
                    ControlAnswer.IMPOSSIBLE,
                    "The row of the mail cannot be read, so nobody knows for whom it is: repair it, or export the mail.");
        }
        trace.onMail(Event.OPERATOR_REPLAYED, request, PLACE, mail);
        SecondAttempts.forget(mail);
        Attempts.forget(mail);
        try (MailContent content = StoredMails.content(mail)) {
            return takeOut(mail, "replayed", unit -> spool.enQueue(unit, mail, content, Duration.ZERO));
        }
    }

    private ControlAnswer remove(ControlRequest request, Mail mail) throws MessagingException {
        trace.onMail(Event.OPERATOR_REMOVED, request, PLACE, mail);
        String reason = request.value("reason").orElseThrow();
        // a report of a report is nobody's (RFC 5321 §4.5.5): such a mail ends with its line in the trace
        if (mail.getMaybeSender().isNullSender()) {
            return takeOut(mail, REMOVED, unit -> {});
        }
        try (GivingUp.Ending ending = givingUp.prepare(mail)) {
            return takeOut(mail, REMOVED, unit -> ending.take(unit, Removal.failures(mail, request.caller(), reason)));
        }
    }

    /** Out of here, and what belongs to it, in one transaction: of two who act on one mail at a time the first has it. */
    private ControlAnswer takeOut(Mail mail, String done, Deed deed) throws MessagingException {
        boolean first = database.<Boolean, MessagingException>unit(unit -> {
            boolean here = repository.remove(unit, MailKey.forMail(mail));
            if (here) {
                deed.in(unit);
            }
            return here;
        });
        return first ? done(done, mail) : gone(mail.getName());
    }

    private static ControlAnswer gone(String name) {
        return ControlAnswer.refused(
                ControlAnswer.UNKNOWN,
                "There is no mail " + name + " in quarantine: ./mssante quarantine list shows what is there.");
    }

    private ControlAnswer withReason(ControlRequest request, Work work) {
        return request.value("reason").isPresent()
                ? onMail(request, work)
                : ControlAnswer.refused(ControlAnswer.WRONG, "It needs a reason: say why.");
    }

    private ControlAnswer onMail(ControlRequest request, Work work) {
        Optional<Mail> mail = find(new MailKey(request.place("name")));
        if (mail.isEmpty()) {
            return gone(request.place("name"));
        }
        try {
            return work.on(mail.get());
        } catch (MessagingException e) {
            throw new IllegalStateException("the mail " + mail.get().getName() + " stays in quarantine", e);
        }
    }

    private List<MailKey> keys() {
        try {
            List<MailKey> keys = new ArrayList<>();
            for (Iterator<MailKey> all = repository.list(); all.hasNext(); ) {
                keys.add(all.next());
            }
            return keys;
        } catch (MessagingException e) {
            throw new IllegalStateException("the quarantine cannot be read", e);
        }
    }

    private Optional<Mail> find(MailKey key) {
        try {
            return Optional.ofNullable(repository.retrieve(key));
        } catch (MessagingException e) {
            throw new IllegalStateException("the quarantine cannot be read", e);
        }
    }

    private static void write(Mail mail, JsonGenerator json) throws IOException {
        MailView view = new MailView(json);
        view.facts(mail);
        if (mail.getLastUpdated() != null) {
            view.instant("since", mail.getLastUpdated().toInstant());
        }
    }

    private static void copy(Mail mail, OutputStream out) throws IOException {
        try (InputStream in = new MimeMessageInputStream(mail.getMessage())) {
            in.transferTo(out);
        } catch (MessagingException e) {
            throw new IOException("the mail " + mail.getName() + " cannot be read", e);
        }
    }

    private static ControlAnswer done(String what, Mail mail) {
        return ControlAnswer.json(json -> {
            json.writeStartObject();
            json.writeStringField(what, mail.getName());
            json.writeEndObject();
        });
    }
}
