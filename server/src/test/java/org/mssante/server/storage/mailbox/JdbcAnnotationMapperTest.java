package org.mssante.server.storage.mailbox;

import java.time.Clock;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.AnnotationMapper;
import org.apache.james.mailbox.store.mail.model.AnnotationMapperTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcAnnotationMapperTest extends AnnotationMapperTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected AnnotationMapper createAnnotationMapper() {
        return new JdbcAnnotationMapper(DATABASE.database(), Reader.OWNER);
    }

    @Override
    protected MailboxId generateMailboxId() {
        return new JdbcMapperProvider(DATABASE, Clock.systemUTC()).createMailbox();
    }
}
