package org.mssante.core.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.metrics.Metric;
import org.mssante.core.metrics.Metric.Sample;

/** Whether a service's database answers and still forces what it commits to the disk, and how its connections are used. */
public final class DatabaseWatch implements Watch {
    private static final String STATE = "state";

    private final Connections connections;
    private final Durability durability;
    private final Supplier<PoolUse> pool;

    /**
     * How the pool of connections is used.
     *
     * @param waiting requests without a connection
     */
    public record PoolUse(int active, int idle, int waiting) {}

    public DatabaseWatch(Connections connections, Durability durability, Supplier<PoolUse> pool) {
        this.connections = connections;
        this.durability = durability;
        this.pool = pool;
    }

    @Override
    public String subject() {
        return "database";
    }

    @Override
    public List<Finding> look() {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            durability.await();
            return List.of();
        } catch (SQLException e) {
            return List.of(new Finding(Alarm.DATABASE_UNAVAILABLE, "SQL state " + e.getSQLState()));
        }
    }

    @Override
    public List<Metric> metrics() {
        PoolUse use = pool.get();
        return List.of(new Metric(
                "mssante_database_connections",
                Metric.Type.GAUGE,
                "Connections of the pool, and requests that wait for one.",
                List.of(
                        new Sample(Map.of(STATE, "active"), use.active()),
                        new Sample(Map.of(STATE, "idle"), use.idle()),
                        new Sample(Map.of(STATE, "waiting"), use.waiting()))));
    }
}
