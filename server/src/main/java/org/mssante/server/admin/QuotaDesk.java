package org.mssante.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaLimitValue;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.core.quota.QuotaUsageValue;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.Quota;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.UserQuotaRootResolver;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Trace;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.mailbox.MailboxDecision;
import org.mssante.server.mailbox.Mailboxes;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;

/**
 * How much room a mailbox has and takes (RFC 9208 tells its user the same): {@code GET /quotas/ADDRESS}; {@code POST
 * /quotas/ADDRESS?octets=N&messages=N&reason=…} gives it limits of its own, 0 for none; {@code default} takes one away.
 */
public final class QuotaDesk {
    private static final String DEFAULT = "default";
    private static final String OCTETS = "octets";
    private static final String MESSAGES = "messages";

    private final QuotaManager quotas;
    private final JdbcMaxQuotaManager limits;
    private final UserQuotaRootResolver roots;
    private final Mailboxes mailboxes;
    private final OperatorTrace trace;

    public QuotaDesk(
            QuotaManager quotas,
            JdbcMaxQuotaManager limits,
            UserQuotaRootResolver roots,
            Mailboxes mailboxes,
            Trace trace) {
        this.quotas = quotas;
        this.limits = limits;
        this.roots = roots;
        this.mailboxes = mailboxes;
        this.trace = new OperatorTrace(trace);
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get("/quotas/{address}", request -> of(request, this::show))
                .post("/quotas/{address}", request -> of(request, root -> set(request, root)));
    }

    /** What is done about one mailbox's quota. */
    @FunctionalInterface
    private interface Deed {
        ControlAnswer of(QuotaRoot root) throws MailboxException;
    }

    private ControlAnswer of(ControlRequest request, Deed deed) {
        try {
            MailAddress address = MailAddress.parse(request.place("address"));
            MailboxDecision decision = mailboxes.kept(address);
            if (decision instanceof MailboxDecision.Refused no) {
                return refused(ControlAnswer.UNKNOWN, address, no.outcome());
            }
            if (decision instanceof MailboxDecision.RetryLater later) {
                return refused(ControlAnswer.IMPOSSIBLE, address, later.outcome());
            }
            return deed.of(roots.forUser(JamesNames.username(address)));
        } catch (InvalidIdentifierException e) {
            return ControlAnswer.refused(
                    ControlAnswer.WRONG, request.place("address") + " is no mail address: " + e.getMessage() + ".");
        } catch (NumberFormatException e) {
            return ControlAnswer.refused(ControlAnswer.WRONG, "A limit is a whole number, 0 for none, or default.");
        } catch (MailboxException e) {
            throw new IllegalStateException("the quota could not be read or set", e);
        }
    }

    private static ControlAnswer refused(int status, MailAddress address, Outcome outcome) {
        return ControlAnswer.refused(status, address + ": " + outcome.english() + " (" + outcome.code() + ")");
    }

    private ControlAnswer show(QuotaRoot root) throws MailboxException {
        Quota<QuotaSizeLimit, ?> octets = quotas.getStorageQuota(root);
        Quota<QuotaCountLimit, ?> messages = quotas.getMessageQuota(root);
        return ControlAnswer.json(json -> {
            json.writeStartObject();
            write(json, OCTETS, octets);
            write(json, MESSAGES, messages);
            json.writeEndObject();
        });
    }

    private ControlAnswer set(ControlRequest request, QuotaRoot root) throws MailboxException {
        if (request.value("reason").isEmpty()) {
            return ControlAnswer.refused(ControlAnswer.WRONG, "A change of a quota needs a reason: say why.");
        }
        Optional<String> octets = request.value(OCTETS);
        Optional<String> messages = request.value(MESSAGES);
        Optional<Long> newOctets = number(octets);
        Optional<Long> newMessages = number(messages);
        trace.onAll(
                Event.OPERATOR_SET_QUOTA,
                request,
                "quota of " + request.place("address") + ", octets " + octets.orElse("as before") + ", messages "
                        + messages.orElse("as before"),
                1);
        change(
                octets,
                newOctets,
                limit -> limits.setMaxStorage(
                        root, limit == 0 ? QuotaSizeLimit.unlimited() : QuotaSizeLimit.size(limit)),
                () -> limits.removeMaxStorage(root));
        change(
                messages,
                newMessages,
                limit -> limits.setMaxMessage(
                        root, limit == 0 ? QuotaCountLimit.unlimited() : QuotaCountLimit.count(limit)),
                () -> limits.removeMaxMessage(root));
        return show(root);
    }

    private static Optional<Long> number(Optional<String> text) {
        Optional<Long> number = text.filter(value -> !value.equals(DEFAULT)).map(Long::valueOf);
        if (number.filter(value -> value < 0).isPresent()) {
            throw new NumberFormatException("below 0");
        }
        return number;
    }

    private static void change(Optional<String> asked, Optional<Long> limit, Consumer<Long> to, Runnable toDefault) {
        if (limit.isPresent()) {
            to.accept(limit.get());
        } else if (asked.isPresent()) {
            toDefault.run();
        }
    }

    private static <L extends QuotaLimitValue<L>, U extends QuotaUsageValue<U, L>> void write(
            JsonGenerator json, String what, Quota<L, U> quota) throws IOException {
        json.writeObjectFieldStart(what);
        json.writeNumberField("used", quota.getUsed().asLong());
        if (!quota.getLimit().isUnlimited()) {
            json.writeNumberField("limit", quota.getLimit().asLong());
        }
        json.writeEndObject();
    }
}
