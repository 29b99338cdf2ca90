package org.mssante.launcher.demo;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.mail.Attachment;
import org.mssante.launcher.mail.ImapClient;
import org.mssante.launcher.mail.ReceivedMail;

/** A reader fetches a message over IMAP, sees the verdict on its signature and gets the files as they were sent. */
final class ReadReport implements DemoStep {
    private final String title;
    private final Inboxes inboxes;
    private final List<Reader> readers;
    private final DemoMail mail;
    private final Optional<OwnVerdict> verdict;

    /** Who reads and how he reaches the mailbox. */
    record Reader(String name, ImapClient client) {}

    /** @param verdict what our server must say on top of the message; empty where it is not looked at */
    ReadReport(String title, Inboxes inboxes, List<Reader> readers, DemoMail mail, Optional<OwnVerdict> verdict) {
        this.title = title;
        this.inboxes = inboxes;
        this.readers = List.copyOf(readers);
        this.mail = mail;
        this.verdict = verdict;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<Check> play(Narrator narrator) {
        List<Check> checks = new ArrayList<>();
        for (Reader reader : readers) {
            checks.addAll(read(reader, narrator));
        }
        return checks;
    }

    private List<Check> read(Reader reader, Narrator narrator) {
        narrator.tell(reader.name() + " opens the inbox at " + reader.client().endpoint());
        Optional<ReceivedMail> found = inboxes.await(reader.client(), mail.id());
        String expected = reader.name() + " reads the message";
        if (found.isEmpty()) {
            return List.of(Check.that(expected, false, "not in the inbox"));
        }
        try {
            List<Check> checks = new ArrayList<>();
            checks.add(Check.that(
                    expected,
                    found.get().subject().equals(mail.mail().subject()),
                    "subject " + found.get().subject()));
            if (verdict.isPresent()) {
                OwnVerdict wanted = verdict.get();
                String header = String.join(" | ", wanted.among(found.get().header(OwnVerdict.HEADER)));
                narrator.tell(OwnVerdict.HEADER + ": " + header);
                checks.add(Check.contains(
                        "our server's " + OwnVerdict.HEADER + " says " + wanted.result(), wanted.result(), header));
            }
            checks.add(attachmentsArrived(found.get()));
            return checks;
        } catch (MessagingException | IOException e) {
            throw new CommandFailure("The message is not readable (" + e.getMessage() + ").", e);
        }
    }

    private Check attachmentsArrived(ReceivedMail received) throws MessagingException, IOException {
        List<String> same = new ArrayList<>();
        for (Attachment sent : mail.report().attachments()) {
            Optional<Attachment> arrived = received.attachment(sent.name());
            if (arrived.isPresent() && Arrays.equals(arrived.get().content(), sent.content())) {
                same.add(sent.name());
            }
        }
        int wanted = mail.report().attachments().size();
        return Check.that(
                wanted + " files arrive byte for byte", same.size() == wanted, "identical: " + String.join(", ", same));
    }
}
