package org.mssante.launcher.demo;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mssante.core.outcome.Outcome;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.ImapClient;
import org.mssante.launcher.mail.ReceivedMail;

/** The sender's software reads the receipt that says why its report was not filed. */
final class ReadReceipt implements DemoStep {
    private final Inboxes inboxes;
    private final ImapClient client;
    private final DemoMail mail;
    private final Outcome outcome;

    ReadReceipt(Inboxes inboxes, ImapClient client, DemoMail mail, Outcome outcome) {
        this.inboxes = inboxes;
        this.client = client;
        this.mail = mail;
        this.outcome = outcome;
    }

    @Override
    public String title() {
        return "The laboratory's mailbox receives a receipt that says why (IMAP, logged in by certificate)";
    }

    @Override
    public List<Check> play(Narrator narrator) {
        Optional<ReceivedMail> receipt = inboxes.awaitReplyTo(client, mail.id());
        if (receipt.isEmpty()) {
            return List.of(Check.that("a receipt arrives", false, "none in the inbox"));
        }
        try {
            String subject = receipt.get().subject();
            String content = text(receipt.get());
            narrator.tell("subject: " + subject);
            content.lines()
                    .filter(line -> line.startsWith("Disposition:") || line.contains(outcome.french()))
                    .forEach(narrator::tell);
            String code = outcome.applicationCode().map(String::valueOf).orElse("");
            return List.of(
                    Check.contains("its subject holds the code " + code, "[" + code + "]", subject),
                    Check.that(
                            "it says why in French",
                            content.contains(outcome.french()),
                            content.contains(outcome.french()) ? outcome.french() : "no such sentence"));
        } catch (MessagingException | IOException e) {
            throw new CommandFailure("The receipt is not readable (" + e.getMessage() + ").", e);
        }
    }

    /** The readable parts: the explanation and the fields of the notification (RFC 8098 §3). */
    private static String text(ReceivedMail receipt) throws MessagingException, IOException {
        return receipt.parts().stream()
                .filter(part -> part.contentType().startsWith("text/plain")
                        || part.contentType().startsWith("message/disposition-notification"))
                .map(Attachment::content)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
    }
}
