package org.mssante.server.imap;

import java.util.List;
import javax.inject.Inject;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.processor.CapabilityImplementingProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.mssante.server.auth.Credentials;
import org.mssante.server.auth.Doorkeeper;
import org.mssante.server.auth.FailedLogins;
import org.mssante.server.auth.LoginTrace;

/** LOGIN (RFC 3501 §6.2.3), under TLS only; the user name may be {@code mailbox*person}. */
public final class LoginCommand extends PersonalLogin<NamedLogin> implements CapabilityImplementingProcessor {

    @Inject
    public LoginCommand(
            MailboxManager mailboxes,
            StatusResponseFactory responses,
            MetricFactory metrics,
            Doorkeeper doorkeeper,
            FailedLogins failures,
            LoginTrace trace,
            SpecialFolders folders) {
        super(NamedLogin.class, mailboxes, responses, metrics, doorkeeper, failures, trace, folders);
    }

    @Override
    public List<Capability> getImplementedCapabilities(ImapSession session) {
        return session.isTLSActive() && doorkeeper().takesPasswords()
                ? List.of()
                : List.of(Capability.of("LOGINDISABLED"));
    }

    @Override
    protected void processRequest(NamedLogin request, ImapSession session, Responder responder) {
        if (!session.isTLSActive()) {
            decline(IN_CLEAR, request, responder);
            return;
        }
        Credentials.of(request.userName(), request.password())
                .ifPresentOrElse(
                        credentials -> password(credentials, request, session, responder),
                        () -> refuse("the user name is no address", request, session, responder));
    }

    @Override
    protected MDCBuilder mdc(NamedLogin request) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "LOGIN");
    }
}
