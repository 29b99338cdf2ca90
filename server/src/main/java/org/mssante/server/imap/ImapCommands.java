package org.mssante.server.imap;

import java.util.Collection;
import java.util.stream.Stream;
import org.apache.james.imap.decode.parser.LoginCommandParser;
import org.apache.james.imap.decode.parser.XListCommandParser;
import org.apache.james.imap.processor.AuthenticateProcessor;
import org.apache.james.imap.processor.CloseProcessor;
import org.apache.james.imap.processor.CopyProcessor;
import org.apache.james.imap.processor.IdleProcessor;
import org.apache.james.imap.processor.LoginProcessor;
import org.apache.james.imap.processor.MoveProcessor;
import org.apache.james.imap.processor.StartTLSProcessor;
import org.apache.james.imap.processor.XListProcessor;
import org.apache.james.modules.protocols.ImapPackage;
import org.apache.james.utils.ClassName;

/** James' IMAP commands, with our own in the place of those that 3.8.1 gets wrong. */
public final class ImapCommands implements ImapPackage {
    /** Replaced by ours; and XLIST, which RFC 6154 has replaced and James leaves half wired. */
    private static final Collection<ClassName> LEFT_OUT = Stream.of(
                    AuthenticateProcessor.class,
                    CloseProcessor.class,
                    CopyProcessor.class,
                    IdleProcessor.class,
                    LoginProcessor.class,
                    LoginCommandParser.class,
                    MoveProcessor.class,
                    StartTLSProcessor.class,
                    XListProcessor.class,
                    XListCommandParser.class)
            .map(ImapCommands::name)
            .toList();

    @Override
    public Collection<ClassName> processors() {
        return with(
                ImapPackage.DEFAULT.processors(),
                AuthenticateCommand.class,
                CloseCommand.class,
                CopyCommand.class,
                IdleCommand.class,
                LoginCommand.class,
                MoveCommand.class,
                StartTlsCommand.class);
    }

    @Override
    public Collection<ClassName> decoders() {
        return with(ImapPackage.DEFAULT.decoders(), LoginParser.class);
    }

    @Override
    public Collection<ClassName> encoders() {
        return ImapPackage.DEFAULT.encoders();
    }

    private static Collection<ClassName> with(Collection<ClassName> ofJames, Class<?>... ours) {
        return Stream.concat(
                        ofJames.stream().filter(name -> !LEFT_OUT.contains(name)),
                        Stream.of(ours).map(ImapCommands::name))
                .toList();
    }

    private static ClassName name(Class<?> type) {
        return new ClassName(type.getName());
    }
}
