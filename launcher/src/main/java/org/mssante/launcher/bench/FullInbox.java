package org.mssante.launcher.bench;

import java.io.IOException;
import java.util.function.Consumer;
import org.mssante.launcher.CommandFailure;

/** Fills an inbox by IMAP: one small message, then COPY of what is there onto itself, so that each step doubles it. */
public final class FullInbox {
    private static final long LARGEST_COPY = 10_000;

    private final Target target;
    private final Consumer<String> progress;

    public FullInbox(Target target, Consumer<String> progress) {
        this.target = target;
        this.progress = progress;
    }

    /** Returns once the inbox holds at least so many messages. */
    public void fill(Account account, long messages) {
        try (ImapSession inbox = ImapSession.open(target, account)) {
            if (inbox.exists() == 0) {
                inbox.append("From: <" + account.address() + ">\r\nSubject: one of many\r\n\r\nOne of many.\r\n");
            }
            while (inbox.exists() < messages) {
                long missing = messages - inbox.exists();
                inbox.copyNewest(Math.min(Math.min(missing, LARGEST_COPY), inbox.exists()));
                progress.accept("the inbox of " + account + " holds " + inbox.exists() + " of " + messages);
            }
        } catch (IOException e) {
            throw new CommandFailure("The inbox of " + account + " cannot be filled (" + e + ").", e);
        }
    }
}
