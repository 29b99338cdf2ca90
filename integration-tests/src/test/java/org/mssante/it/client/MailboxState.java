package org.mssante.it.client;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Quota;
import jakarta.mail.QuotaAwareStore;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.mssante.core.tls.TlsContexts;
import org.mssante.it.instance.TestInstance;
import org.mssante.launcher.instance.Endpoint;
import org.mssante.launcher.instance.ServicePort;
import org.mssante.launcher.mail.MailLogin;

/** Everything a person's IMAP client can see of a mailbox: two of them are equal where nothing differs. */
public record MailboxState(List<FolderState> folders, List<String> subscribed, List<String> quotas) {

    /** One folder with its messages in their order. */
    public record FolderState(String name, long uidValidity, long uidNext, List<MessageState> messages) {}

    /**
     * One message.
     *
     * @param sha256 of its octets
     */
    public record MessageState(long uid, List<String> flags, Instant received, String sha256) {}

    public static MailboxState of(TestInstance instance, MailLogin.ByPassword login) {
        try (Store store = connect(instance, login)) {
            List<FolderState> folders = new ArrayList<>();
            for (Folder folder : store.getDefaultFolder().list("*")) {
                folders.add(state(folder));
            }
            List<String> subscribed = Arrays.stream(store.getDefaultFolder().listSubscribed("*"))
                    .map(Folder::getFullName)
                    .sorted()
                    .toList();
            return new MailboxState(folders, subscribed, quotas((QuotaAwareStore) store));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("the mailbox " + login.mailbox() + " cannot be read", e);
        }
    }

    /** Opens the mailbox as its person does; close it. */
    public static Store connect(TestInstance instance, MailLogin.ByPassword login) throws MessagingException {
        Properties properties = new Properties();
        properties.put(
                "mail.imaps.ssl.socketFactory",
                TlsContexts.trusting(instance.instance().anchors()).getSocketFactory());
        properties.put("mail.imaps.ssl.checkserveridentity", "true");
        properties.put("mail.imaps.peek", "true");
        Endpoint endpoint = instance.endpoint(ServicePort.IMAPS);
        Store store = Session.getInstance(properties).getStore("imaps");
        store.connect(endpoint.host(), endpoint.port(), login.combinedName(), login.password());
        return store;
    }

    private static FolderState state(Folder folder) throws MessagingException, IOException {
        UIDFolder uids = (UIDFolder) folder;
        folder.open(Folder.READ_ONLY);
        try {
            List<MessageState> messages = new ArrayList<>();
            for (Message message : folder.getMessages()) {
                ByteArrayOutputStream octets = new ByteArrayOutputStream();
                message.writeTo(octets);
                messages.add(new MessageState(
                        uids.getUID(message),
                        flags(message.getFlags()),
                        message.getReceivedDate().toInstant(),
                        sha256(octets.toByteArray())));
            }
            return new FolderState(folder.getFullName(), uids.getUIDValidity(), uids.getUIDNext(), messages);
        } finally {
            folder.close(false);
        }
    }

    /** Recent is what this very session is the first to see, so it says nothing of the mailbox. */
    private static List<String> flags(Flags flags) {
        TreeSet<String> names = new TreeSet<>(List.of(flags.getUserFlags()));
        if (flags.contains(Flags.Flag.SEEN)) {
            names.add("\\Seen");
        }
        if (flags.contains(Flags.Flag.FLAGGED)) {
            names.add("\\Flagged");
        }
        if (flags.contains(Flags.Flag.ANSWERED)) {
            names.add("\\Answered");
        }
        if (flags.contains(Flags.Flag.DELETED)) {
            names.add("\\Deleted");
        }
        if (flags.contains(Flags.Flag.DRAFT)) {
            names.add("\\Draft");
        }
        return List.copyOf(names);
    }

    private static List<String> quotas(QuotaAwareStore store) throws MessagingException {
        List<String> quotas = new ArrayList<>();
        for (Quota quota : store.getQuota("INBOX")) {
            // Jakarta Mail gives null for a root without limits
            Quota.Resource[] resources = quota.resources == null ? new Quota.Resource[0] : quota.resources;
            for (Quota.Resource resource : resources) {
                quotas.add(quota.quotaRoot + " " + resource.name + " " + resource.usage + "/" + resource.limit);
            }
        }
        return quotas;
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
