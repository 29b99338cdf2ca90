package org.mssante.server.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.server.smime.MessageSigner;
import org.mssante.server.smime.SigningKeyFolder;
import org.mssante.server.trace.MailFacts;

/**
 * Signs what is sent as a mailbox, where that mailbox's policy says so, whoever submitted it: once, and never not at
 * all.
 */
final class Signing {
    private final Directory directory;
    private final SigningKeyFolder keys;
    private final Trace trace;

    @Inject
    Signing(Directory directory, SigningKeyFolder keys, Trace trace) {
        this.directory = directory;
        this.keys = keys;
        this.trace = trace;
    }

    /** @throws MessagingException where it cannot be known whether to sign, or the message cannot be signed */
    void apply(MailImpl mail) throws MessagingException {
        Optional<MailAddress> sender = Origin.sender(mail);
        if (sender.isPresent() && policy(sender.get()) == SigningPolicy.SIGN) {
            sign(mail, sender.get());
        }
        Origin.settled(mail);
    }

    private SigningPolicy policy(MailAddress mailbox) throws MessagingException {
        Lookup<Mailbox> lookup = directory.mailbox(mailbox);
        if (lookup instanceof Lookup.Unavailable<Mailbox> unavailable) {
            throw new SigningImpossible("the directory does not say whether to sign: " + unavailable.why());
        }
        return lookup.found().map(Mailbox::signingPolicy).orElse(SigningPolicy.NONE);
    }

    private void sign(MailImpl mail, MailAddress mailbox) throws MessagingException {
        MessageSigner signer = keys.signerOf(mailbox)
                .orElseThrow(() -> new SigningImpossible("the signing key of " + mailbox + " is not here"));
        MimeMessageInputStreamSource signed = MimeMessageInputStreamSource.create(mail.getName() + "-signed");
        try (OutputStream out = signed.getWritableOutputStream()) {
            signer.sign(mail.getMessage(), out);
        } catch (IOException e) {
            throw new SigningImpossible("the signed message cannot be written", e);
        }
        mail.setMessageContent(signed);
        TraceEntry line = MailFacts.envelope(TraceEntry.of(Event.SIGNED), mail, mail.getRecipients());
        trace.record(MailFacts.content(line.with(Field.ACTOR, mailbox), mail));
    }
}
