package org.mssante.server.smtp;

import java.util.List;
import org.apache.james.protocols.lib.handler.HandlersPackage;

/** What mail clients speak: log in first, then send as oneself to the trust space. */
public final class SubmissionHandlers implements HandlersPackage {

    @Override
    public List<String> getHandlers() {
        return SharedHandlers.with(List.of(
                AuthCommand.class,
                SubmittedSenderHook.class,
                TrustSpaceRecipientHook.class,
                FromHeaderHook.class,
                ReplyToHook.class,
                SendingSizeHook.class,
                SendingRateHook.class));
    }
}
