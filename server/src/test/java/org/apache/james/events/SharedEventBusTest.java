package org.apache.james.events;

import static org.apache.james.events.EventBusTestFixture.RETRY_BACKOFF_CONFIGURATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.james.events.EventBusTestFixture.TestEventSerializer;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.util.concurrency.ConcurrentTestRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.verification.VerificationMode;
import org.mssante.server.storage.TestPostgres;
import org.mssante.server.storage.events.EventBusParts;
import org.mssante.server.storage.events.JdbcEventDeadLetters;
import org.mssante.server.storage.events.SharedEventBus;
import reactor.core.publisher.Mono;

/** Three nodes on one database. */
class SharedEventBusTest
        implements EventBusOfOneNodeContract,
                GroupContract.MultipleEventBusGroupContract,
                KeyContract.MultipleEventBusKeyContract,
                EventBusConcurrentTestContract.MultiEventBusConcurrentContract {
    private static final VerificationMode PATIENTLY = timeout(60_000);

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

    // James' own versions of the following wait one to five seconds for another node, whatever the machine does besides

    @Override
    @Test
    public void crossEventBusRegistrationShouldBeAllowed() throws Exception {
        EventListener distant = listening(eventBus());

        eventBus2()
                .dispatch(EventBusTestFixture.EVENT, EventBusTestFixture.KEY_1)
                .block();

        verify(distant, PATIENTLY).event(any());
    }

    @Override
    @Test
    public void allRegisteredListenersShouldBeDispatched() throws Exception {
        EventListener distant = listening(eventBus());
        EventListener near = listening(eventBus2());

        eventBus2()
                .dispatch(EventBusTestFixture.EVENT, EventBusTestFixture.KEY_1)
                .block();

        verify(distant, PATIENTLY).event(any());
        verify(near, PATIENTLY).event(any());
    }

    @Override
    @Test
    public void localDispatchedListenersShouldBeDispatchedWithoutDelay() throws Exception {
        EventListener distant = listening(eventBus());
        EventListener near = listening(eventBus2());

        eventBus2()
                .dispatch(EventBusTestFixture.EVENT, EventBusTestFixture.KEY_1)
                .block();

        verify(near).event(any());
        verify(distant, PATIENTLY).event(any());
    }

    @Override
    @Test
    public void groupsDefinedOnlyOnSomeNodesShouldBeNotifiedWhenDispatch() throws Exception {
        EventListener distant = EventBusTestFixture.newListener();
        eventBus().register(distant, EventBusTestFixture.GROUP_A);

        eventBus2()
                .dispatch(EventBusTestFixture.EVENT, EventBusTestFixture.NO_KEYS)
                .block();

        verify(distant, PATIENTLY).event(any());
    }

    @Override
    @Test
    public void concurrentDispatchShouldDeliverAllEventsToListenersWithMultipleEventBus() throws Exception {
        List<EventBusTestFixture.EventListenerCountingSuccessfulExecution> groups = listeners();
        List<EventBusTestFixture.EventListenerCountingSuccessfulExecution> keys = listeners();
        eventBus2().register(groups.get(0), EventBusTestFixture.GROUP_A);
        eventBus2().register(groups.get(1), new EventBusTestFixture.GroupB());
        eventBus2().register(groups.get(2), new EventBusTestFixture.GroupC());
        for (int node = 0; node < 3; node++) {
            Mono.from(nodes.get(node).register(keys.get(node), EventBusTestFixture.KEY_1))
                    .block();
        }

        ConcurrentTestRunner.builder()
                .reactorOperation((thread, step) ->
                        nodes.get(step % 3).dispatch(EventBusTestFixture.EVENT, EventBusTestFixture.KEY_1))
                .threadCount(10)
                .operationCount(90)
                .runSuccessfullyWithin(Duration.ofMinutes(2));

        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            assertThat(groups)
                    .allSatisfy(group -> assertThat(group.numberOfEventCalls()).isEqualTo(900));
            assertThat(keys)
                    .allSatisfy(key -> assertThat(key.numberOfEventCalls()).isEqualTo(900));
        });
    }

    private static EventListener listening(EventBus node) {
        EventListener listener = EventBusTestFixture.newListener();
        Mono.from(node.register(listener, EventBusTestFixture.KEY_1)).block();
        return listener;
    }

    private static List<EventBusTestFixture.EventListenerCountingSuccessfulExecution> listeners() {
        return Stream.generate(EventBusConcurrentTestContract::newCountingListener)
                .limit(3)
                .toList();
    }
}
