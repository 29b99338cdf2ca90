package org.mssante.server.smtp;

import javax.inject.Inject;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.mssante.server.listen.PeerCertificates;
import org.mssante.server.trust.TrustSpace;

/** EHLO under TLS: the trust space may fetch what it lacks before the peer's first MAIL FROM. Refuses nobody. */
public final class GreetedPeerHook implements HeloHook {
    private final TrustSpace space;
    private final Replies replies;

    @Inject
    public GreetedPeerHook(TrustSpace space, Replies replies) {
        this.space = space;
        this.replies = replies;
    }

    @Override
    public HookResult doHelo(SMTPSession session, String name) {
        return replies.answer(session, Asked.of("EHLO"), () -> {
            space.expect(PeerCertificates.of(session.getSSLSession()));
            return new Verdict.Pass();
        });
    }
}
