package org.mssante.server.storage.mailbox;

import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.store.mail.AttachmentMapper;
import org.apache.james.mailbox.store.mail.model.AttachmentMapperTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcAttachmentMapperTest extends AttachmentMapperTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected AttachmentMapper createAttachmentMapper() {
        return new JdbcAttachmentMapper(DATABASE.database(), DATABASE.bodies());
    }

    @Override
    protected MessageId generateMessageId() {
        return new JdbcMessageId.Factory().generate();
    }
}
