package org.apache.james.events;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.events.JdbcEventDeadLetters;

class JdbcEventDeadLettersTest implements EventDeadLettersContract.AllContracts {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    public EventDeadLetters eventDeadLetters() {
        return new JdbcEventDeadLetters(DATABASE.database(), new EventBusTestFixture.TestEventSerializer());
    }
}
