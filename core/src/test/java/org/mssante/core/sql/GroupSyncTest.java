package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;

/** Whatever happens to the thread that forces, whoever waits for it gets an answer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupSyncTest {
    private static final DatabaseWatch.PoolUse USE = new DatabaseWatch.PoolUse(0, 0, 0);

    private final Deque<Error> troubles = new ConcurrentLinkedDeque<>();
    private final AtomicInteger forces = new AtomicInteger();
    private final AtomicBoolean behind = new AtomicBoolean();
    private final AtomicBoolean full = new AtomicBoolean();
    private final WriteGate gate = new WriteGate();

    private final Force force = new Force() {
        @Override
        public void force() {
            forces.incrementAndGet();
            if (!troubles.isEmpty()) {
                throw troubles.remove();
            }
            if (full.get()) {
                gate.between(() -> full.set(false), Duration.ofHours(1));
            }
        }

        @Override
        public boolean isBehind() {
            return behind.getAndSet(false);
        }

        @Override
        public boolean isFull() {
            return full.get();
        }

        @Override
        public void copy(Path file, Duration patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    };

    @Test
    void nothingIsForcedAndNobodyIsAnsweredOnceAForceHasFailed() {
        troubles.add(new StackOverflowError("deep inside the database"));
        GroupSync sync = new GroupSync(force, gate);
        try {
            assertThatThrownBy(sync::await)
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(StackOverflowError.class);
            assertThatThrownBy(sync::await).isInstanceOf(SQLException.class);
            assertThat(new DatabaseWatch(() -> DriverManager.getConnection("jdbc:h2:mem:"), sync, () -> USE).look())
                    .extracting(Finding::alarm)
                    .containsExactly(Alarm.DATABASE_UNAVAILABLE);
        } finally {
            sync.close();
        }
        assertThat(forces).hasValue(1);
    }

    @Test
    void whatNobodyWaitsForIsWrittenSoon() {
        GroupSync sync = new GroupSync(force, gate);
        behind.set(true);
        try {
            await().until(() -> forces.get() == 1);
        } finally {
            sync.close();
        }
    }

    @Test
    void insideATransactionNobodyWaitsForItsOwnEnd() throws SQLException {
        try (GroupSync sync = new GroupSync(force, gate)) {
            sync.enter();
            sync.enter();
            sync.leave();
            sync.await();
            assertThat(forces).hasValue(0);
            sync.leave();
            sync.await();
            assertThat(forces).hasValue(1);
        }
    }

    @Test
    void whoeverWritesWhereMuchIsUnwrittenIsOutsideUntilThatIsWritten() throws SQLException {
        full.set(true);
        try (GroupSync sync = new GroupSync(force, gate);
                Connection connection = sync.paced(DriverManager.getConnection("jdbc:h2:mem:"))) {
            sync.enter();
            sync.enter();
            try (Statement statement = connection.createStatement()) {
                assertThat(forces).hasValue(0);
                statement.execute("CREATE TABLE a (id INT)");
                statement.execute("INSERT INTO a VALUES (1)");
            }
            assertThat(forces).hasValue(1);
            sync.leave();
            assertThat(gate.isInside()).isTrue();
            sync.leave();
            assertThat(gate.isInside()).isFalse();
        }
    }

    @Test
    void nobodyIsAnsweredAfterTheEnd() {
        GroupSync sync = new GroupSync(force, gate);
        sync.close();

        assertThatThrownBy(sync::await).isInstanceOf(SQLException.class);
        assertThat(forces).hasValue(0);
    }
}
