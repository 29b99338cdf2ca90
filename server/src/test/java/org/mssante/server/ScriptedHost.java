package org.mssante.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.QuotaRoot;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.ImapFeatures.Feature;
import org.apache.james.mpt.api.ImapHostSystem;
import org.apache.james.mpt.api.Session;
import org.apache.james.mpt.imapmailbox.GrantRightsOnHost;
import org.apache.james.mpt.imapmailbox.MailboxMessageAppender;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.server.storage.quota.JdbcMaxQuotaManager;
import org.mssante.server.storage.sql.Database;

/**
 * Our server as the host of James' scripts, for one test: new accounts, and everything done over IMAP except what IMAP
 * cannot do.
 */
final class ScriptedHost implements ImapHostSystem, GrantRightsOnHost, MailboxMessageAppender {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final String DELEGATE = "delegate";
    private static final String PERSON = "imapuser";

    private final RunningServer server;
    private final Path runDir;
    private final ScriptedNames names = new ScriptedNames(TESTS.incrementAndGet());

    ScriptedHost(RunningServer server, Path runDir) {
        this.server = server;
        this.runDir = runDir;
    }

    @Override
    public boolean supports(Feature... features) {
        return true;
    }

    /** The one that another acts for is an organisation with him as its member; nobody logs in as an organisation. */
    @Override
    public boolean addUser(Username user, String password) {
        MailAddress address = MailAddress.parse(names.address(user.asString()));
        boolean shared = user.asString().equals(DELEGATE);
        server.directory()
                .with(new Mailbox(
                        address,
                        shared ? MailboxType.ORG : MailboxType.PER,
                        MailboxState.ACTIVE,
                        user.asString(),
                        Optional.empty(),
                        Optional.empty(),
                        shared
                                ? List.of(new Member(
                                        MailAddress.parse(names.address(PERSON)), Set.of(MemberRight.values())))
                                : List.of(),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF))
                .withPassword(address, password);
        return true;
    }

    @Override
    public Session newSession(Continuation continuation) {
        return new ScriptedSession(server::imapsSocket, names, continuation);
    }

    @Override
    public void createMailbox(MailboxPath path) throws IOException {
        try (ImapConversation imap = loggedIn(path.getUser())) {
            imap.result("CREATE \"" + path.getName() + "\"");
        }
    }

    @Override
    public void grantRights(MailboxPath path, Username user, MailboxACL.Rfc4314Rights rights) throws IOException {
        try (ImapConversation imap = loggedIn(path.getUser())) {
            imap.result("SETACL \"" + name(path) + "\" " + names.address(user.asString()) + " " + rights.serialize());
        }
    }

    @Override
    public void fillMailbox(MailboxPath path) {
        try (ImapConversation imap = loggedIn(path.getUser())) {
            for (String flags : List.of("", "\\Seen", "\\Flagged", "\\Deleted")) {
                String message = "Subject: test\r\n\r\ntest";
                imap.result("APPEND \"" + name(path) + "\" (" + flags + ") {"
                        + message.getBytes(StandardCharsets.US_ASCII).length + "+}\r\n" + message);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Limits are not for IMAP to set: they are written beside the running server, for this test's account. */
    @Override
    public void setQuotaLimits(QuotaCountLimit messages, QuotaSizeLimit octets) throws Exception {
        Database.Settings settings = new Database.Settings(
                "jdbc:h2:file:" + runDir.resolve("server/data/mail"),
                "mssante",
                "",
                3,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                true);
        try (Database database = Database.open(settings)) {
            JdbcMaxQuotaManager limits = new JdbcMaxQuotaManager(database);
            QuotaRoot account = QuotaRoot.quotaRoot("#private&" + names.address(PERSON), Optional.empty());
            limits.setMaxMessage(account, messages);
            limits.setMaxStorage(account, octets);
        }
    }

    /** Accounts are new at each test. */
    @Override
    public void beforeTest() {}

    @Override
    public void afterTest() {}

    private static String name(MailboxPath path) {
        return path.getName().isEmpty() ? "INBOX" : path.getName();
    }

    private ImapConversation loggedIn(Username user) throws IOException {
        ImapConversation imap = server.imaps();
        String own = names.address(user.asString());
        String login = user.asString().equals(DELEGATE) ? own + "*" + names.address(PERSON) : own;
        imap.result("LOGIN \"" + login + "\" password");
        return imap;
    }
}
