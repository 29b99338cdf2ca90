package org.mssante.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.james.lifecycle.api.LifecycleUtil;
import org.apache.mailet.Mail;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.mssante.server.delivery.Failure;
import org.mssante.server.delivery.GivingUp;
import org.mssante.server.storage.queue.JdbcMailQueue;
import org.mssante.server.storage.queue.JdbcMailQueueItem;
import org.mssante.server.storage.queue.QueueDepth;
import org.mssante.server.storage.queue.QueuedMail;
import org.mssante.server.storage.sql.Database;
import org.mssante.server.trace.MailFacts;

/**
 * The queues as an operator sees them and moves them:
 *
 * <ul>
 *   <li>{@code GET /queues}: how full each is; {@code GET /queues/QUEUE?limit=N}: what waits, the oldest first
 *   <li>{@code GET /queues/QUEUE/NAME}: one mail with its headers; its Message-ID is as good as its name, here and below
 *   <li>{@code POST /queues/QUEUE/retry}, {@code POST /queues/QUEUE/NAME/retry}: due now
 *   <li>{@code POST /queues/QUEUE/NAME/remove?reason=…}: given up as if its last attempt had failed, so the sender is
 *       told
 * </ul>
 */
public final class QueueDesk {
    private static final int LIMIT = 10_000;
    private static final String DEFAULT_LIMIT = "100";

    private final Queues queues;
    private final GivingUp givingUp;
    private final Database database;
    private final OperatorTrace trace;
    private final Clock clock;

    public QueueDesk(Queues queues, GivingUp givingUp, Database database, Trace trace, Clock clock) {
        this.queues = queues;
        this.givingUp = givingUp;
        this.database = database;
        this.trace = new OperatorTrace(trace);
        this.clock = clock;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get("/queues", request -> ControlAnswer.json(this::depths))
                .get("/queues/{queue}", request -> onQueue(request, queue -> list(request, queue)))
                .post("/queues/{queue}/retry", request -> onQueue(request, queue -> retryAll(request, queue)))
                .get("/queues/{queue}/{name}", request -> onQueue(request, queue -> show(request, queue)))
                .post("/queues/{queue}/{name}/retry", request -> onQueue(request, queue -> retry(request, queue)))
                .post("/queues/{queue}/{name}/remove", request -> onQueue(request, queue -> remove(request, queue)));
    }

    private ControlAnswer onQueue(ControlRequest request, Function<JdbcMailQueue, ControlAnswer> work) {
        Optional<JdbcMailQueue> queue = queues.named(request.place("queue"));
        return queue.isPresent()
                ? work.apply(queue.get())
                : ControlAnswer.refused(
                        ControlAnswer.UNKNOWN,
                        "There is no queue " + request.place("queue") + ": take spool, outgoing or bridge.");
    }

    /** The name of the mail that is asked for by name or by Message-ID, which only the mail itself knows. */
    private static String name(ControlRequest request, JdbcMailQueue queue) {
        String given = request.place("name");
        if (!queue.look(given).isEmpty()) {
            return given;
        }
        String id = bare(given);
        return queue.look(LIMIT).stream()
                .filter(mail -> mail.readable()
                        && bare(MailFacts.messageId(mail.mail())).equals(id))
                .map(mail -> mail.mail().getName())
                .findFirst()
                .orElse(given);
    }

    private static String bare(String messageId) {
        return messageId.startsWith("<") && messageId.endsWith(">")
                ? messageId.substring(1, messageId.length() - 1)
                : messageId;
    }

    private void depths(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (JdbcMailQueue queue : queues.all()) {
            QueueDepth depth = queue.depth();
            json.writeStartObject();
            json.writeStringField("queue", queue.getName().asString());
            json.writeNumberField("due", depth.due());
            json.writeNumberField("delayed", depth.delayed());
            json.writeNumberField("inHand", depth.inHand());
            if (depth.oldest().isPresent()) {
                new MailView(json).instant("oldest", depth.oldest().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private ControlAnswer list(ControlRequest request, JdbcMailQueue queue) {
        Optional<Integer> limit = limit(request);
        if (limit.isEmpty()) {
            return ControlAnswer.refused(ControlAnswer.WRONG, "The limit is not a number from 1 to " + LIMIT + ".");
        }
        List<QueuedMail> mails = queue.look(limit.get());
        return ControlAnswer.json(json -> {
            json.writeStartArray();
            for (QueuedMail mail : mails) {
                json.writeStartObject();
                write(queue, mail, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private ControlAnswer show(ControlRequest request, JdbcMailQueue queue) {
        List<QueuedMail> found = queue.look(name(request, queue));
        if (found.isEmpty()) {
            return notThere(request, queue);
        }
        trace.onMail(Event.OPERATOR_LOOKED, request, place(queue), found.get(0).mail());
        return ControlAnswer.json(json -> {
            json.writeStartObject();
            write(queue, found.get(0), json);
            new MailView(json).headers(found.get(0).mail());
            json.writeEndObject();
        });
    }

    private ControlAnswer retryAll(ControlRequest request, JdbcMailQueue queue) {
        trace.onAll(Event.OPERATOR_RETRIED, request, place(queue), queue.depth().delayed());
        return count("due", queue.flush());
    }

    private ControlAnswer retry(ControlRequest request, JdbcMailQueue queue) {
        String name = name(request, queue);
        List<QueuedMail> found = queue.look(name);
        if (found.isEmpty()) {
            return notThere(request, queue);
        }
        trace.onMail(Event.OPERATOR_RETRIED, request, place(queue), found.get(0).mail());
        return count("due", queue.flush(name));
    }

    private ControlAnswer remove(ControlRequest request, JdbcMailQueue queue) {
        if (queues.isDelivered(queue)) {
            return ControlAnswer.refused(
                    ControlAnswer.IMPOSSIBLE,
                    "The mails of this queue are in their mailboxes already and only the filing of their documents "
                            + "waits: repair the bridge, or change the mailbox's wish to file.");
        }
        Optional<String> reason = request.value("reason");
        if (reason.isEmpty()) {
            return ControlAnswer.refused(ControlAnswer.WRONG, "A removal needs a reason: say why.");
        }
        List<JdbcMailQueueItem> items = queue.take(name(request, queue));
        if (items.isEmpty()) {
            return notTaken(request, queue);
        }
        for (JdbcMailQueueItem item : items) {
            remove(request, queue, item, reason.get());
        }
        return count("removed", items.size());
    }

    private static ControlAnswer notTaken(ControlRequest request, JdbcMailQueue queue) {
        List<QueuedMail> found = queue.look(name(request, queue));
        if (found.isEmpty()) {
            return notThere(request, queue);
        }
        return ControlAnswer.refused(
                ControlAnswer.IMPOSSIBLE,
                found.stream().allMatch(QueuedMail::readable)
                        ? "The mail is being worked on at the moment: try again."
                        : "The row of the mail cannot be read, so nobody could be told of its removal: repair it, then retry.");
    }

    private void remove(ControlRequest request, JdbcMailQueue queue, JdbcMailQueueItem item, String reason) {
        Mail mail = item.getMail();
        try {
            trace.onMail(Event.OPERATOR_REMOVED, request, place(queue), mail);
            giveUp(item, Removal.failures(mail, request.caller(), reason));
        } catch (MessagingException | RuntimeException e) {
            // whatever stopped it, the mail is still there: it comes back after the visibility time-out
            throw new IllegalStateException("the mail " + mail.getName() + " could not be removed", e);
        } finally {
            LifecycleUtil.dispose(mail);
        }
    }

    private void giveUp(JdbcMailQueueItem item, Map<MailAddress, Failure> failures) throws MessagingException {
        try (GivingUp.Ending ending = givingUp.prepare(item.getMail())) {
            database.<Void, RuntimeException>unit(unit -> {
                ending.take(unit, failures);
                item.end(unit);
                return null;
            });
        }
    }

    private void write(JdbcMailQueue queue, QueuedMail mail, JsonGenerator json) throws IOException {
        MailView view = new MailView(json);
        json.writeStringField("queue", queue.getName().asString());
        view.facts(mail.mail());
        view.instant("since", mail.arrived());
        json.writeStringField("state", state(mail));
        view.instant("nextAttempt", mail.nextDelivery());
    }

    private String state(QueuedMail mail) {
        if (!mail.readable()) {
            return "unreadable";
        }
        if (mail.inHand()) {
            return "in hand";
        }
        return mail.nextDelivery().isAfter(clock.instant()) ? "delayed" : "due";
    }

    private static ControlAnswer notThere(ControlRequest request, JdbcMailQueue queue) {
        return ControlAnswer.refused(
                ControlAnswer.UNKNOWN,
                "There is no mail " + request.place("name") + " in the queue "
                        + queue.getName().asString() + ": it may have gone, ./mssante explain says where.");
    }

    private static ControlAnswer count(String what, long count) {
        return ControlAnswer.json(json -> {
            json.writeStartObject();
            json.writeNumberField(what, count);
            json.writeEndObject();
        });
    }

    private static String place(JdbcMailQueue queue) {
        return "queue " + queue.getName().asString();
    }

    private static Optional<Integer> limit(ControlRequest request) {
        String text = request.value("limit").orElse(DEFAULT_LIMIT);
        return text.matches("[0-9]{1,5}")
                ? Optional.of(Integer.valueOf(text)).filter(limit -> limit >= 1 && limit <= LIMIT)
                : Optional.empty();
    }
}
