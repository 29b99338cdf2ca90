package org.mssante.server.smtp;

import java.util.regex.Pattern;
import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.mssante.core.outcome.Outcome;

/** James echoes the argument of EHLO and puts it into Received: only a name or an address literal may come so far. */
public final class HeloSyntaxHook implements HeloHook {
    /** RFC 5321 §4.1.2 Domain and §4.1.3 address-literal, with the underscore that real clients send. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}|\\[[A-Fa-f0-9.:IPvx]{1,60}\\]");

    private final Replies replies;

    @Inject
    public HeloSyntaxHook(Replies replies) {
        this.replies = replies;
    }

    @Override
    public HookResult doHelo(SMTPSession session, String name) {
        return replies.answer(
                session,
                Asked.of("EHLO"),
                () -> NAME.matcher(name).matches()
                        ? new Verdict.Pass()
                        : Verdict.refuse(Outcome.HOST_NAME_INVALID, "no name of a host and no address literal"));
    }
}
