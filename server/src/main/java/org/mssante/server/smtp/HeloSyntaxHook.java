package org.mssante.server.smtp;

import java.util.regex.Pattern;
import org.apache.james.protocols.smtp.SMTPRetCode;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;

/** James echoes the argument of EHLO and puts it into Received: only a name or an address literal may come so far. */
public final class HeloSyntaxHook implements HeloHook {
    /** RFC 5321 §4.1.2 Domain and §4.1.3 address-literal, with the underscore that real clients send. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}|\\[[A-Fa-f0-9.:IPvx]{1,60}\\]");

    private static final HookResult NOT_A_NAME = HookResult.builder()
            .hookReturnCode(HookReturnCode.deny())
            .smtpReturnCode(SMTPRetCode.SYNTAX_ERROR_ARGUMENTS)
            .smtpDescription("5.5.4 The name of a host is required.")
            .build();

    @Override
    public HookResult doHelo(SMTPSession session, String name) {
        return NAME.matcher(name).matches() ? HookResult.DECLINED : NOT_A_NAME;
    }
}
