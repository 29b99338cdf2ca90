package org.mssante.server.smtp;

import java.util.List;
import java.util.stream.Stream;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.core.HeloCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.apache.james.protocols.smtp.core.UnknownCmdHandler;
import org.apache.james.protocols.smtp.core.WelcomeMessageHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;
import org.apache.james.smtpserver.DataLineJamesMessageHookHandler;
import org.apache.james.smtpserver.JamesDataCmdHandler;
import org.apache.james.smtpserver.JamesRcptCmdHandler;

/**
 * The handlers every SMTP port has. Not among them: EXPN, VRFY and HELP, which tell strangers about mailboxes; black
 * lists and greylisting, which have no place where the peer is known by its certificate (mssante.md §4.1).
 */
final class SharedHandlers {
    private static final List<Class<? extends ProtocolHandler>> IN_FRONT = List.of(
            WelcomeMessageHandler.class,
            TlsFirstDispatcher.class,
            EhloCmdHandler.class,
            HeloCmdHandler.class,
            NoopCmdHandler.class,
            QuitCmdHandler.class,
            RsetCmdHandler.class,
            StartTlsCmdHandler.class,
            MailCommand.class,
            JamesRcptCmdHandler.class,
            JamesDataCmdHandler.class,
            UnknownCmdHandler.class,
            HeloSyntaxHook.class,
            StrictLines.class,
            MessageSizeLimit.class,
            DsnExtension.class,
            HeaderSizeLimit.class,
            RecipientLimitHook.class,
            ReceivedHeader.class,
            DataLineJamesMessageHookHandler.class);

    private SharedHandlers() {}

    /** The order is the order in which James asks them; the spool comes last, once nobody objects. */
    static List<String> with(List<Class<? extends ProtocolHandler>> ofThePort) {
        return Stream.of(IN_FRONT.stream(), ofThePort.stream(), Stream.of(SpoolingHook.class))
                .flatMap(handlers -> handlers)
                .map(Class::getName)
                .toList();
    }
}
