package org.apache.james.events;

import static org.apache.james.events.EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION;

import org.apache.james.events.EventBusTestFixture.TestEventSerializer;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestDatabase;
import org.mssante.server.storage.events.EventBusParts;
import org.mssante.server.storage.events.JdbcEventDeadLetters;
import org.mssante.server.storage.events.LocalEventBus;

class LocalEventBusTest implements EventBusOfOneNodeContract {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private EventDeadLetters deadLetters;
    private EventBus bus;

    @BeforeEach
    void openBus() {
        deadLetters = new JdbcEventDeadLetters(DATABASE.database(), new TestEventSerializer());
        bus = new LocalEventBus(new EventBusParts(
                new RecordingMetricFactory(), RETRY_BACKOFF_CONFIGURATION, deadLetters, new TestEventSerializer()));
    }

    @Override
    public EventBus eventBus() {
        return bus;
    }

    @Override
    public EventDeadLetters deadLetter() {
        return deadLetters;
    }
}
