package org.mssante.server.smtp;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MailParametersHook;
import org.apache.james.protocols.smtp.hook.RcptHook;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.DsnParameters;
import org.apache.mailet.DsnParameters.Notify;
import org.apache.mailet.DsnParameters.RecipientDsnParameters;
import org.apache.mailet.DsnParameters.XText;
import org.apache.mailet.Mail;
import org.mssante.core.outcome.Outcome;

/**
 * The DSN extension (RFC 3461): takes what a sender wants to be told from MAIL (RET, ENVID) and RCPT (NOTIFY, ORCPT) to the
 * message, in place of James' hooks, which break where a recipient is named twice (james.md §3.10). A message that asks by
 * {@code Return-Receipt-To} alone is taken as if it asked for NOTIFY=SUCCESS,FAILURE (mssante.md §8.1).
 */
public final class DsnExtension implements EhloExtension, MailParametersHook, RcptHook, JamesMessageHook {
    /** RFC 3461 §4.2, §4.4: in characters, as they are on the wire. */
    private static final int MAX_ENVELOPE_ID = 100;

    private static final int MAX_ORIGINAL_RECIPIENT = 500;

    private static final AttachmentKey<Wishes> WISHES = AttachmentKey.of("mssante.dsn", Wishes.class);

    private final Replies replies;

    /** What was asked for in the transaction so far; used by its session alone. */
    private static final class Wishes {
        private Optional<DsnParameters.Ret> ret = Optional.empty();
        private Optional<DsnParameters.EnvId> envelopeId = Optional.empty();
        private final Map<MailAddress, RecipientDsnParameters> recipients = new LinkedHashMap<>();
    }

    @Inject
    public DsnExtension(Replies replies) {
        this.replies = replies;
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        return List.of("DSN");
    }

    @Override
    public String[] getMailParamNames() {
        return new String[] {DsnParameters.RET_PARAMETER, DsnParameters.ENVID_PARAMETER};
    }

    @Override
    public HookResult doMailParameter(SMTPSession session, String name, String value) {
        return wellFormed(session, Asked.of("MAIL " + name), () -> {
            Wishes wishes = wishes(session);
            if (name.equals(DsnParameters.RET_PARAMETER)) {
                wishes.ret = DsnParameters.Ret.parse(value);
                return wishes.ret.isPresent();
            }
            wishes.envelopeId = Optional.of(value)
                    .filter(id -> !id.isEmpty() && id.length() <= MAX_ENVELOPE_ID && XText.isValid(id))
                    .map(DsnParameters.EnvId::of);
            return wishes.envelopeId.isPresent();
        });
    }

    @Override
    public Set<String> supportedParameters() {
        return Set.of(DsnParameters.NOTIFY_PARAMETER, DsnParameters.ORCPT_PARAMETER);
    }

    @Override
    public HookResult doRcpt(
            SMTPSession session, MaybeSender sender, MailAddress recipient, Map<String, String> parameters) {
        return wellFormed(session, Asked.rcptTo(sender, recipient), () -> {
            Optional<EnumSet<Notify>> notify = Optional.ofNullable(parameters.get(DsnParameters.NOTIFY_PARAMETER))
                    .map(Notify::parse);
            Optional<MailAddress> original = Optional.ofNullable(parameters.get(DsnParameters.ORCPT_PARAMETER))
                    .flatMap(DsnExtension::original);
            RecipientDsnParameters.of(notify, original)
                    .ifPresent(wish -> wishes(session).recipients.put(recipient, wish));
            return true;
        });
    }

    /**
     * The recipient the sender first named, where it is a mail address; James has no place for one of another kind.
     *
     * @throws IllegalArgumentException where it is malformed
     */
    private static Optional<MailAddress> original(String parameter) {
        int type = parameter.indexOf(';');
        String address = parameter.substring(type + 1);
        if (type < 1 || address.isEmpty() || parameter.length() > MAX_ORIGINAL_RECIPIENT || !XText.isValid(address)) {
            throw new IllegalArgumentException("an ORCPT is a type, a semicolon and xtext");
        }
        if (!parameter.substring(0, type).toLowerCase(Locale.ROOT).equals("rfc822")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MailAddress(XText.decode(address)));
        } catch (AddressException e) {
            throw new IllegalArgumentException("an ORCPT of the type rfc822 is a mail address", e);
        }
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        Optional<Wishes> wishes = session.getAttachment(WISHES, State.Transaction);
        Map<MailAddress, RecipientDsnParameters> recipients =
                new LinkedHashMap<>(wishes.map(all -> all.recipients).orElse(new LinkedHashMap<>()));
        recipients.keySet().retainAll(mail.getRecipients());
        ReceiptRequest.in(mail, recipients);
        DsnParameters.Builder parameters = DsnParameters.builder();
        wishes.flatMap(all -> all.ret).ifPresent(parameters::ret);
        wishes.flatMap(all -> all.envelopeId).ifPresent(parameters::envId);
        recipients.forEach(parameters::addRcptParameter);
        parameters.build().ifPresent(mail::setDsnParameters);
        return HookResult.DECLINED;
    }

    private static Wishes wishes(SMTPSession session) {
        return session.getAttachment(WISHES, State.Transaction).orElseGet(() -> {
            Wishes none = new Wishes();
            session.setAttachment(WISHES, none, State.Transaction);
            return none;
        });
    }

    /** James' own parsers tell by an exception what is malformed. */
    private HookResult wellFormed(SMTPSession session, Asked asked, BooleanSupplier parsing) {
        return replies.answer(session, asked, () -> {
            try {
                return parsing.getAsBoolean() ? new Verdict.Pass() : malformed();
            } catch (IllegalArgumentException e) {
                return malformed();
            }
        });
    }

    private static Verdict malformed() {
        return Verdict.refuse(Outcome.REPORT_PARAMETER_INVALID, "RET, ENVID, NOTIFY or ORCPT");
    }
}
