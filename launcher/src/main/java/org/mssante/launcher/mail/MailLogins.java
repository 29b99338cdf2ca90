package org.mssante.launcher.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mssante.core.id.MailAddress;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Instance;

/** Finds what a mailbox of an instance logs in with: below {@code run/certs/clients}, else below {@code run/secrets}. */
public final class MailLogins {
    private final Instance instance;

    public MailLogins(Instance instance) {
        this.instance = instance;
    }

    /** The mailbox as itself: by certificate where it has one, else by password. */
    public MailLogin of(MailAddress mailbox) {
        String identity = "clients/" + mailbox;
        if (Files.isDirectory(instance.certificates().resolve(identity))) {
            return new MailLogin.ByCertificate(mailbox, instance.identity(identity));
        }
        return asMember(mailbox, mailbox);
    }

    /** A shared mailbox as one of its members, with the member's own generated password. */
    public MailLogin.ByPassword asMember(MailAddress mailbox, MailAddress person) {
        return withPasswordFile(mailbox, person, passwordFile(person));
    }

    public MailLogin.ByPassword withPasswordFile(MailAddress mailbox, MailAddress person, Path file) {
        try {
            String password = Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
            return new MailLogin.ByPassword(mailbox, person, password);
        } catch (IOException e) {
            throw new CommandFailure(
                    "There is neither a client certificate for " + mailbox + " nor a password in " + file
                            + ": name a file with --password-file, or for a shared mailbox the person with --as.",
                    e);
        }
    }

    public Path passwordFile(MailAddress person) {
        return instance.secrets().resolve(person + ".password");
    }

    /** The log-in {@code --from}, {@code --as} and {@code --password-file} describe. */
    public MailLogin find(MailAddress mailbox, Optional<MailAddress> person, Optional<Path> passwordFile) {
        if (passwordFile.isPresent()) {
            return withPasswordFile(mailbox, person.orElse(mailbox), passwordFile.get());
        }
        return person.<MailLogin>map(member -> asMember(mailbox, member)).orElseGet(() -> of(mailbox));
    }
}
