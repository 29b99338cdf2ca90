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
import java.util.concurrent.ConcurrentHashMap;
import org.mssante.core.id.InvalidIdentifierException;
import org.mssante.core.id.MailAddress;
import org.mssante.core.settings.StartupFailure;
import org.mssante.core.tls.OwnKey;
import org.mssante.core.trace.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys of our mailboxes: one folder a mailbox, named by its address, with cert.pem and key.pem. A renewed key
 * and a new mailbox's count once {@link #refresh()} has seen them; a key that is taken away stays in use until a restart.
 * Reading is lock-free; refreshing belongs to one thread at a time.
 */
public final class SigningKeyFolder {
    private static final Logger LOGGER = LoggerFactory.getLogger(SigningKeyFolder.class);

    private final Path folder;
    private final Trace trace;
    private final Clock clock;
    private final Map<MailAddress, OwnKey> keys = new ConcurrentHashMap<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();

    private SigningKeyFolder(Path folder, Trace trace, Clock clock) {
        this.folder = folder;
        this.trace = trace;
        this.clock = clock;
    }

    /**
     * Reads every key. A folder that does not exist holds none.
     *
     * @throws StartupFailure where a key cannot be read or its certificate belongs to another mailbox
     */
    public static SigningKeyFolder load(Path folder, Trace trace, Clock clock) {
        SigningKeyFolder signing = new SigningKeyFolder(folder, trace, clock);
        signing.homes().forEach((home, mailbox) -> signing.open(home));
        return signing;
    }

    /** Looks whether keys were renewed or added. What cannot be used is refused, and those in use stay. */
    public void refresh() {
        keys.values().forEach(OwnKey::refresh);
        for (Map.Entry<Path, String> home : homes().entrySet()) {
            try {
                if (!isKnown(home.getValue())) {
                    open(home.getKey());
                }
                refused.remove(home.getValue());
            } catch (StartupFailure e) {
                if (!e.getMessage().equals(refused.put(home.getValue(), e.getMessage()))) {
                    LOGGER.warn("a signing key is not used: {}", e.getMessage());
                }
            }
        }
    }

    /** The certificate each mailbox signs with. */
    public Map<MailAddress, X509Certificate> certificates() {
        Map<MailAddress, X509Certificate> certificates = new HashMap<>();
        keys.forEach((mailbox, key) -> certificates.put(mailbox, key.get().leaf()));
        return certificates;
    }

    /** Why files that lie there are not used, by the name of their folder. */
    public Map<String, String> refused() {
        Map<String, String> all = new HashMap<>(refused);
        keys.forEach((mailbox, key) -> key.problem().ifPresent(why -> all.put(mailbox.toString(), why)));
        return all;
    }

    /** Empty where the mailbox has no key here. */
    public Optional<MessageSigner> signerOf(MailAddress mailbox) {
        return Optional.ofNullable(keys.get(mailbox)).map(key -> new CmsMessageSigner(key.get(), clock));
    }

    private boolean isKnown(String name) {
        return keys.keySet().stream().anyMatch(mailbox -> mailbox.toString().equals(name));
    }

    private void open(Path home) {
        MailAddress mailbox = mailboxOf(home);
        keys.put(
                mailbox,
                OwnKey.open(
                        home,
                        leaf -> SubjectMailboxes.of(leaf).contains(mailbox)
                                ? Optional.empty()
                                : Optional.of("the certificate does not name that mailbox in its subjectAltName"),
                        trace,
                        clock));
    }

    /** The folders, each with its name. */
    private Map<Path, String> homes() {
        Map<Path, String> homes = new HashMap<>();
        if (!Files.exists(folder)) {
            return homes;
        }
        try (DirectoryStream<Path> mailboxes = Files.newDirectoryStream(folder, Files::isDirectory)) {
            mailboxes.forEach(home -> homes.put(home, home.getFileName().toString()));
            return homes;
        } catch (IOException e) {
            throw new StartupFailure("The folder of signing keys " + folder + " cannot be read: check its rights.", e);
        }
    }

    private static MailAddress mailboxOf(Path home) {
        try {
            return MailAddress.parse(home.getFileName().toString());
        } catch (InvalidIdentifierException e) {
            throw new StartupFailure(
                    "The folder " + home + " is not named by a mail address: rename it to the mailbox it is for.", e);
        }
    }
}
