package org.mssante.server.smtp;

import java.util.stream.Stream;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.smtpserver.JamesMessageHook;
import org.apache.mailet.Mail;
import org.mssante.core.log.FailureTrail;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.auth.Login;
import org.mssante.server.auth.LoginTrace;
import org.mssante.server.mailbox.JamesNames;
import org.mssante.server.spool.Origin;
import org.mssante.server.spool.SpoolQueue;
import org.mssante.server.trace.MailFacts;
import org.mssante.server.trace.SessionFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of DATA, once nobody objects: that the message came is traced, then it is put into the durable spool, then that it
 * is accepted is traced, then 250 is answered. A message whose coming cannot be traced, or that cannot be stored, is not
 * accepted, and the trace holds no promise that the spool does not keep. What the spool has taken is accepted, also where
 * the trace takes no line about it any more.
 */
public final class SpoolingHook implements JamesMessageHook {
    private static final Logger LOGGER = LoggerFactory.getLogger(SpoolingHook.class);
    private static final String REPLY = "2.6.0 The message is accepted.";

    private final SpoolQueue spool;
    private final Trace trace;
    private final Replies replies;

    @Inject
    public SpoolingHook(SpoolQueue spool, Trace trace, Replies replies) {
        this.spool = spool;
        this.trace = trace;
        this.replies = replies;
    }

    @Override
    public HookResult onMessage(SMTPSession session, Mail mail) {
        HookResult objection = replies.answer(session, Asked.data(mail), () -> accept(session, mail));
        if (objection.equals(HookResult.DECLINED)) {
            return HookResult.builder()
                    .hookReturnCode(HookReturnCode.ok())
                    .smtpReturnCode(SMTPRetCode.MAIL_OK)
                    .smtpDescription(REPLY)
                    .build();
        }
        Sessions.uncount(session);
        return objection;
    }

    private Verdict accept(SMTPSession session, Mail mail) {
        try {
            trace.record(arrived(session, mail));
            MailQueue queue = spool.queue();
            queue.enQueue(mail);
        } catch (MessagingException e) {
            LOGGER.error("the spool did not take a message: {}", FailureTrail.of(e));
            return Verdict.refuse(
                    Outcome.STORAGE_UNAVAILABLE, "the spool did not take the message: " + FailureTrail.classes(e));
        }
        tell(session, mail);
        return new Verdict.Pass();
    }

    /** The spool has committed: whatever fails from here on, a refusal would have the peer send the message twice. */
    private void tell(SMTPSession session, Mail mail) {
        try {
            trace.record(accepted(session, mail));
        } catch (RuntimeException e) {
            LOGGER.error(
                    "the message {} is accepted, and the trace took no line ACCEPTED: {}",
                    mail.getName(),
                    FailureTrail.of(e));
        }
    }

    private static TraceEntry accepted(SMTPSession session, Mail mail) {
        return MailFacts.envelope(SessionFacts.of(session, Event.ACCEPTED), mail, mail.getRecipients())
                .with(Field.REPLY, SMTPRetCode.MAIL_OK + " " + REPLY);
    }

    private static TraceEntry arrived(SMTPSession session, Mail mail) throws MessagingException {
        TraceEntry line = Sessions.login(session)
                .map(login -> submitted(SessionFacts.of(session, Event.SUBMITTED), login, mail))
                .orElseGet(() -> SessionFacts.of(session, Event.RECEIVED));
        TraceEntry trusted =
                Sessions.trust(session).map(facts -> facts.addTo(line)).orElse(line);
        return MailFacts.content(MailFacts.envelope(trusted, mail, mail.getRecipients()), mail);
    }

    /**
     * The person, and the mailbox he sends as: the one that readers see, whatever he logged in to; where they see the person, the one
     * that the envelope names.
     */
    private static TraceEntry submitted(TraceEntry line, Login login, Mail mail) {
        TraceEntry who = LoginTrace.who(line, login);
        return Stream.concat(
                        Origin.sender(mail).stream(),
                        mail.getMaybeSender().asOptional().flatMap(JamesNames::address).stream())
                .filter(mailbox -> !mailbox.equals(login.person()))
                .findFirst()
                .map(mailbox -> who.with(Field.ON_BEHALF_OF, mailbox))
                .orElse(who);
    }
}
