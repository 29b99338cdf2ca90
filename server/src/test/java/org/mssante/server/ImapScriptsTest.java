package org.mssante.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mpt.api.ImapHostSystem;
import org.apache.james.mpt.imapmailbox.GrantRightsOnHost;
import org.apache.james.mpt.imapmailbox.ImapTestConstants;
import org.apache.james.mpt.imapmailbox.MailboxMessageAppender;
import org.apache.james.mpt.imapmailbox.suite.base.BasicImapCommands;
import org.apache.james.mpt.script.SimpleScriptedTestProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * James' own IMAP scripts, all suites of apache-james-mpt-imapmailbox-core, played over TLS against the assembled server.
 * What differs, and why, is listed in docs/imap-conformance.md ({@link KnownFailures}).
 */
class ImapScriptsTest {
    @RegisterExtension
    static final KnownFailures KNOWN = new KnownFailures();

    private static RunningServer server;
    private static Path folder;

    @BeforeAll
    static void start(@TempDir Path runDir) throws IOException {
        folder = runDir;
        // the scripts list every folder of an account
        server = RunningServer.start(runDir, Map.of("imap.folders.fr", "", "imap.folders.en", ""));
    }

    @AfterAll
    static void stop() {
        server.close();
        KNOWN.assertAllSeen();
    }

    private static ScriptedHost host() {
        return new ScriptedHost(server, folder);
    }

    @Nested
    class ACLCommands extends org.apache.james.mpt.imapmailbox.suite.ACLCommands {
        private final ScriptedHost host = host();

        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }

        @Override
        protected GrantRightsOnHost createGrantRightsOnHost() {
            return host;
        }
    }

    @Nested
    class ACLIntegration extends org.apache.james.mpt.imapmailbox.suite.ACLIntegration {
        private final ScriptedHost host = host();

        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host;
        }

        @Override
        protected GrantRightsOnHost createGrantRightsOnHost() {
            return host;
        }

        @Override
        protected MailboxMessageAppender createMailboxMessageAppender() {
            return host;
        }
    }

    @Nested
    class AuthenticatePlain extends org.apache.james.mpt.imapmailbox.suite.AuthenticatePlain {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class AuthenticatedState extends org.apache.james.mpt.imapmailbox.suite.AuthenticatedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class ConcurrentSessions extends org.apache.james.mpt.imapmailbox.suite.ConcurrentSessions {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Copy extends org.apache.james.mpt.imapmailbox.suite.Copy {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Events extends org.apache.james.mpt.imapmailbox.suite.Events {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Expunge extends org.apache.james.mpt.imapmailbox.suite.Expunge {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Fetch extends org.apache.james.mpt.imapmailbox.suite.Fetch {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class FetchBodySection extends org.apache.james.mpt.imapmailbox.suite.FetchBodySection {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class FetchBodyStructure extends org.apache.james.mpt.imapmailbox.suite.FetchBodyStructure {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class FetchHeaders extends org.apache.james.mpt.imapmailbox.suite.FetchHeaders {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Listing extends org.apache.james.mpt.imapmailbox.suite.Listing {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class ListingWithSharingTest extends org.apache.james.mpt.imapmailbox.suite.ListingWithSharingTest {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class MailboxAnnotation extends org.apache.james.mpt.imapmailbox.suite.MailboxAnnotation {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class MailboxWithLongNameError extends org.apache.james.mpt.imapmailbox.suite.MailboxWithLongNameError {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Move extends org.apache.james.mpt.imapmailbox.suite.Move {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class NonAuthenticatedState extends org.apache.james.mpt.imapmailbox.suite.NonAuthenticatedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class ObjectId extends org.apache.james.mpt.imapmailbox.suite.ObjectId {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class PartialFetch extends org.apache.james.mpt.imapmailbox.suite.PartialFetch {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class QuotaTest extends org.apache.james.mpt.imapmailbox.suite.QuotaTest {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Recent extends org.apache.james.mpt.imapmailbox.suite.Recent {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Rename extends org.apache.james.mpt.imapmailbox.suite.Rename {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Search extends org.apache.james.mpt.imapmailbox.suite.Search {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Security extends org.apache.james.mpt.imapmailbox.suite.Security {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class Select extends org.apache.james.mpt.imapmailbox.suite.Select {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class SelectedInbox extends org.apache.james.mpt.imapmailbox.suite.SelectedInbox {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class SelectedState extends org.apache.james.mpt.imapmailbox.suite.SelectedState {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class UidSearch extends org.apache.james.mpt.imapmailbox.suite.UidSearch {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class UidSearchOnIndex extends org.apache.james.mpt.imapmailbox.suite.UidSearchOnIndex {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    @Nested
    class UserFlagsSupport extends org.apache.james.mpt.imapmailbox.suite.UserFlagsSupport {
        @Override
        protected ImapHostSystem createImapHostSystem() {
            return host();
        }
    }

    /** James' own class of that name wants James' in-memory host: its scripts, without it. */
    @Nested
    class Condstore {
        @Test
        void condstoreShouldBeDisableByDefault() throws Exception {
            script("CondstoreDisable");
        }

        @Test
        void condstoreShouldBeEnableWhenGivenAndTrue() throws Exception {
            script("CondstoreEnable");
        }

        private void script(String name) throws Exception {
            SimpleScriptedTestProtocol scripts = new SimpleScriptedTestProtocol(
                            "/org/apache/james/imap/scripts/", host())
                    .withUser(ImapTestConstants.USER, ImapTestConstants.PASSWORD)
                    .withLocale(Locale.US);
            BasicImapCommands.welcome(scripts);
            BasicImapCommands.authenticate(scripts);
            scripts.run(name);
        }
    }
}
