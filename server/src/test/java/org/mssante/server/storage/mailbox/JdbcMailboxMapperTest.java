package org.mssante.server.storage.mailbox;

import java.time.Clock;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMapperTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcMailboxMapperTest extends MailboxMapperTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected MailboxMapper createMailboxMapper() {
        return new JdbcMapperProvider(DATABASE, Clock.systemUTC()).createMailboxMapper();
    }

    @Override
    protected MailboxId generateId() {
        return JdbcMailboxId.next();
    }
}
