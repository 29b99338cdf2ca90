package org.mssante.server.storage.events;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.james.events.Event;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventSerializer;
import org.apache.james.events.Group;
import org.apache.james.util.ReactorUtils;
import org.mssante.server.storage.sql.Database;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table {@code dead_letter}: events that a group could not handle, kept until somebody delivers them again. */
public final class JdbcEventDeadLetters implements EventDeadLetters {
    private final Database database;
    private final EventSerializer serializer;

    public JdbcEventDeadLetters(Database database, EventSerializer serializer) {
        this.database = database;
        this.serializer = serializer;
    }

    @Override
    public Mono<InsertionId> store(Group registeredGroup, Event failDeliveredEvent) {
        require(registeredGroup, REGISTERED_GROUP_CANNOT_BE_NULL);
        require(failDeliveredEvent, FAIL_DELIVERED_EVENT_CANNOT_BE_NULL);
        return blocking(() -> {
            InsertionId id = InsertionId.random();
            update("INSERT INTO dead_letter (id, listener_group, event) VALUES (?, ?, ?)", insert -> {
                insert.setObject(1, id.getId());
                insert.setString(2, registeredGroup.asString());
                insert.setString(3, serializer.toJson(failDeliveredEvent));
            });
            return id;
        });
    }

    @Override
    public Mono<Void> remove(Group registeredGroup, InsertionId failDeliveredInsertionId) {
        require(registeredGroup, REGISTERED_GROUP_CANNOT_BE_NULL);
        require(failDeliveredInsertionId, FAIL_DELIVERED_ID_INSERTION_CANNOT_BE_NULL);
        return blocking(() -> update("DELETE FROM dead_letter WHERE listener_group = ? AND id = ?", delete -> {
                    delete.setString(1, registeredGroup.asString());
                    delete.setObject(2, failDeliveredInsertionId.getId());
                }))
                .then();
    }

    @Override
    public Mono<Void> remove(Group registeredGroup) {
        require(registeredGroup, REGISTERED_GROUP_CANNOT_BE_NULL);
        return blocking(() -> update(
                        "DELETE FROM dead_letter WHERE listener_group = ?",
                        delete -> delete.setString(1, registeredGroup.asString())))
                .then();
    }

    @Override
    public Mono<Event> failedEvent(Group registeredGroup, InsertionId failDeliveredInsertionId) {
        require(registeredGroup, REGISTERED_GROUP_CANNOT_BE_NULL);
        require(failDeliveredInsertionId, FAIL_DELIVERED_ID_INSERTION_CANNOT_BE_NULL);
        return select(
                        "SELECT event FROM dead_letter WHERE listener_group = ? AND id = ?",
                        statement -> {
                            statement.setString(1, registeredGroup.asString());
                            statement.setObject(2, failDeliveredInsertionId.getId());
                        },
                        row -> serializer.asEvent(row.getString(1)))
                .next();
    }

    @Override
    public Flux<InsertionId> failedIds(Group registeredGroup) {
        require(registeredGroup, REGISTERED_GROUP_CANNOT_BE_NULL);
        return select(
                "SELECT id FROM dead_letter WHERE listener_group = ? ORDER BY stored, id",
                statement -> statement.setString(1, registeredGroup.asString()),
                row -> InsertionId.of(row.getObject(1, UUID.class)));
    }

    @Override
    public Flux<Group> groupsWithFailedEvents() {
        return select(
                        "SELECT DISTINCT listener_group FROM dead_letter ORDER BY listener_group",
                        statement -> {},
                        row -> row.getString(1))
                .handle((name, sink) -> {
                    try {
                        sink.next(Group.deserialize(name));
                    } catch (Group.GroupDeserializationException e) {
                        sink.error(new IllegalStateException("no such group of listeners any more: " + name, e));
                    }
                });
    }

    @Override
    public Mono<Boolean> containEvents() {
        return select("SELECT 1 FROM dead_letter LIMIT 1", statement -> {}, row -> row.getInt(1))
                .hasElements();
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private int update(String sql, Parameters parameters) {
        return database.transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
                return statement.executeUpdate();
            }
        });
    }

    private <T> Flux<T> select(String sql, Parameters parameters, Row<T> row) {
        return blocking(() -> database.read(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        parameters.set(statement);
                        List<T> found = new ArrayList<>();
                        try (ResultSet rows = statement.executeQuery()) {
                            while (rows.next()) {
                                found.add(row.read(rows));
                            }
                        }
                        return found;
                    }
                }))
                .flatMapIterable(found -> found);
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER);
    }

    private static void require(Object value, String otherwise) {
        if (value == null) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
