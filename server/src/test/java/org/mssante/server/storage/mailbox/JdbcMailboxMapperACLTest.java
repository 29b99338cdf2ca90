package org.mssante.server.storage.mailbox;

import java.time.Clock;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.model.MailboxMapperACLTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcMailboxMapperACLTest extends MailboxMapperACLTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected MailboxMapper createMailboxMapper() {
        return new JdbcMapperProvider(DATABASE, Clock.systemUTC()).createMailboxMapper();
    }
}
