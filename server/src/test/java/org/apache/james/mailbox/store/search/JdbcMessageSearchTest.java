package org.apache.james.mailbox.store.search;

import java.time.Instant;
import java.util.List;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.store.PreDeletionHooks;
import org.apache.james.utils.UpdatableTickingClock;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.mailbox.JdbcMessageId;
import org.mssante.server.storage.mailbox.TestManagers;
import org.mssante.server.storage.search.TextIndexer;

/**
 * James' contract where the text of every message has been stored for searches; in James' package, where what does not apply
 * can be switched off.
 */
class JdbcMessageSearchTest extends AbstractMessageSearchIndexTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected void initializeMailboxManager() {
        TestManagers managers = new TestManagers(
                DATABASE, new UpdatableTickingClock(Instant.now()), PreDeletionHooks.NO_PRE_DELETION_HOOK);
        storeMailboxManager = managers.manager();
        messageIdManager = managers.byId();
        messageSearchIndex = managers.search();
        eventBus = managers.manager().getEventBus();
        messageIdFactory = new JdbcMessageId.Factory();
    }

    /** Called once what the test asks about is stored; there is nothing to wait for. */
    @Override
    protected void awaitMessageCount(List<MailboxId> mailboxIds, SearchQuery query, long messageCount) {
        storeTexts();
    }

    void storeTexts() {
        new TextIndexer(DATABASE.database(), DATABASE.bodies(), 250_000).index();
    }

    @Override
    protected MessageId initNewBasedMessageId() {
        return messageIdFactory.fromString("00000000-0000-7000-8000-000000000100");
    }

    @Override
    protected MessageId initOtherBasedMessageId() {
        return messageIdFactory.fromString("00000000-0000-7000-8000-000000001000");
    }

    @Override
    @Test
    @Disabled("what is recent is the asking session's (RFC 3501 §2.3.2), and this test is none")
    void flagIsSetShouldReturnUidOfMessageMarkedAsRecentWhenUsedWithFlagRecent() {}

    @Override
    @Test
    @Disabled("what is recent is the asking session's (RFC 3501 §2.3.2), and this test is none")
    void flagIsUnSetShouldReturnUidOfMessageNotMarkedAsRecentWhenUsedWithFlagRecent() {}

    @Override
    @Test
    @Disabled("asks for a field that only documents of OpenSearch have")
    void headerDateAfterShouldWork() {}

    @Override
    @Test
    @Disabled("asks for a field that only documents of OpenSearch have")
    void headerDateBeforeShouldWork() {}

    @Override
    @Test
    @Disabled("asks for a field that only documents of OpenSearch have")
    void headerDateOnShouldWork() {}

    @Override
    @Test
    @Disabled("IMAP searches substrings (RFC 3501 §6.4.4): nothing is approximate")
    protected void bodyContainsShouldReturnUidOfMessageContainingTheApproximativeText() {}

    @Override
    @Test
    @Disabled("IMAP searches substrings: one of the two has the words, but not in this order")
    protected void mailsContainsShouldIncludeMailHavingAttachmentsMatchingTheRequest() {}

    @Override
    @Test
    @Disabled("expects the order of OpenSearch; James' own comparator compares the first address")
    protected void sortOnCcShouldWork() {}

    @Override
    @Test
    @Disabled("expects the order of OpenSearch; James' own comparator compares the first address")
    protected void sortOnFromShouldWork() {}

    @Override
    @Test
    @Disabled("text is taken from text: there is no reader of PDF")
    void searchWithPDFAttachmentShouldReturnMailsWhenAttachmentContentMatches() {}
}
