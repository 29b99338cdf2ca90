package org.apache.james.events;

import static org.apache.james.events.EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.events.EventBusTestFixture.TestEventSerializer;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mssante.server.storage.TestPostgres;
import org.mssante.server.storage.events.EventBusParts;
import org.mssante.server.storage.events.JdbcEventDeadLetters;
import org.mssante.server.storage.events.SharedEventBus;

/** Three nodes on one database. */
class SharedEventBusTest
        implements EventBusOfOneNodeContract,
                GroupContract.MultipleEventBusGroupContract,
                KeyContract.MultipleEventBusKeyContract,
                EventBusConcurrentTestContract.MultiEventBusConcurrentContract {
    @RegisterExtension
    static final TestPostgres DATABASE = new TestPostgres();

    private final List<SharedEventBus> nodes = new ArrayList<>();
    private EventDeadLetters deadLetters;

    @BeforeEach
    void openNodes() {
        deadLetters = new JdbcEventDeadLetters(DATABASE.database(), new TestEventSerializer());
        for (int i = 0; i < 3; i++) {
            nodes.add(SharedEventBus.open(
                    DATABASE.database(),
                    Duration.ofHours(1),
                    new EventBusParts(
                            new RecordingMetricFactory(),
                            RETRY_BACKOFF_CONFIGURATION,
                            deadLetters,
                            new TestEventSerializer())));
        }
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(SharedEventBus::close);
    }

    @Override
    public EventBus eventBus() {
        return nodes.get(0);
    }

    @Override
    public EventBus eventBus2() {
        return nodes.get(1);
    }

    @Override
    public EventBus eventBus3() {
        return nodes.get(2);
    }

    @Override
    public EventDeadLetters deadLetter() {
        return deadLetters;
    }
}
