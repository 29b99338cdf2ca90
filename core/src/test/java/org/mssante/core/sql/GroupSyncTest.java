package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
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

    private final Force force = new Force() {
        @Override
        public void force() {
            forces.incrementAndGet();
            if (!troubles.isEmpty()) {
                throw troubles.remove();
            }
        }

        @Override
        public void close() {}
    };

    @Test
    void nothingIsForcedAndNobodyIsAnsweredOnceAForceHasFailed() {
        troubles.add(new StackOverflowError("deep inside the database"));
        GroupSync sync = new GroupSync(force);
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
    void nobodyIsAnsweredAfterTheEnd() {
        GroupSync sync = new GroupSync(force);
        sync.close();

        assertThatThrownBy(sync::await).isInstanceOf(SQLException.class);
        assertThat(forces).hasValue(0);
    }
}
