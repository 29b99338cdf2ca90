package org.mssante.server.storage.mailbox;

import java.time.Instant;
import org.apache.james.mailbox.store.mail.model.MapperProvider;
import org.apache.james.mailbox.store.mail.model.MessageMoveTest;
import org.apache.james.utils.UpdatableTickingClock;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;

class JdbcMessageMoveTest extends MessageMoveTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final UpdatableTickingClock clock = new UpdatableTickingClock(Instant.parse("2026-01-02T03:04:05.678Z"));

    @Override
    protected MapperProvider createMapperProvider() {
        return new JdbcMapperProvider(DATABASE, clock);
    }
}
