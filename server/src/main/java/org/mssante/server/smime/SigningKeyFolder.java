package org.mssante.server.smime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.KeyMaterial;

/**
 * The signing keys of our mailboxes: one folder a mailbox, named by its address, with cert.pem and key.pem. Immutable.
 */
public final class SigningKeyFolder {
    private final Map<MailAddress, MessageSigner> signers;
    private final Map<MailAddress, X509Certificate> certificates;

    private SigningKeyFolder(Map<MailAddress, MessageSigner> signers, Map<MailAddress, X509Certificate> certificates) {
        this.signers = Map.copyOf(signers);
        this.certificates = Map.copyOf(certificates);
    }

    /**
     * Reads every key. A folder that does not exist holds none.
     *
     * @throws StartupFailure where a key cannot be read or its certificate belongs to another mailbox
     */
    public static SigningKeyFolder load(Path folder, Clock clock) {
        Map<MailAddress, MessageSigner> signers = new HashMap<>();
        Map<MailAddress, X509Certificate> certificates = new HashMap<>();
        if (!Files.exists(folder)) {
            return new SigningKeyFolder(signers, certificates);
        }
        try (DirectoryStream<Path> mailboxes = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path home : mailboxes) {
                KeyMaterial key = KeyMaterial.load(home);
                MailAddress mailbox = mailboxOf(home, key);
                signers.put(mailbox, new CmsMessageSigner(key, clock));
                certificates.put(mailbox, key.leaf());
            }
        } catch (IOException e) {
            throw new StartupFailure("The folder of signing keys " + folder + " cannot be read: check its rights.", e);
        }
        return new SigningKeyFolder(signers, certificates);
    }

    /** The certificate each mailbox signs with. */
    public Map<MailAddress, X509Certificate> certificates() {
        return certificates;
    }

    /** Empty where the mailbox has no key here. */
    public Optional<MessageSigner> signerOf(MailAddress mailbox) {
        return Optional.ofNullable(signers.get(mailbox));
    }

    private static MailAddress mailboxOf(Path home, KeyMaterial key) {
        try {
            MailAddress mailbox = MailAddress.parse(home.getFileName().toString());
            if (SubjectMailboxes.of(key.leaf()).contains(mailbox)) {
                return mailbox;
            }
        } catch (InvalidIdentifierException e) {
            throw new StartupFailure(
                    "The folder " + home + " is not named by a mail address: rename it to the mailbox it is for.", e);
        }
        throw new StartupFailure("The certificate in " + home
                + " does not name that mailbox in its subjectAltName: put the mailbox's own certificate there.");
    }
}
