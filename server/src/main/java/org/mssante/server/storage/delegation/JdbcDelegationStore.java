package org.mssante.server.storage.delegation;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.core.Username;
import org.apache.james.user.api.DelegationStore;
import org.apache.james.util.ReactorUtils;
import org.mssante.server.storage.sql.Database;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table {@code delegation}. Thread-safe. */
public final class JdbcDelegationStore implements DelegationStore {
    private final Database database;

    public JdbcDelegationStore(Database database) {
        this.database = database;
    }

    @Override
    public Flux<Username> authorizedUsers(Username owner) {
        return find("SELECT delegate FROM delegation WHERE owner = ? ORDER BY delegate", owner);
    }

    @Override
    public Flux<Username> delegatedUsers(Username delegate) {
        return find("SELECT owner FROM delegation WHERE delegate = ? ORDER BY owner", delegate);
    }

    @Override
    public Mono<Void> addAuthorizedUser(Username owner, Username delegate) {
        return update("INSERT INTO delegation (owner, delegate) VALUES (?, ?) ON CONFLICT DO NOTHING", owner, delegate);
    }

    @Override
    public Mono<Void> removeAuthorizedUser(Username owner, Username delegate) {
        return update("DELETE FROM delegation WHERE owner = ? AND delegate = ?", owner, delegate);
    }

    @Override
    public Mono<Void> removeDelegatedUser(Username delegate, Username owner) {
        return removeAuthorizedUser(owner, delegate);
    }

    @Override
    public Mono<Void> clear(Username owner) {
        return update("DELETE FROM delegation WHERE owner = ?", owner);
    }

    private Flux<Username> find(String sql, Username user) {
        return Mono.fromCallable(() -> database.read(connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        select.setString(1, user.asString());
                        List<Username> found = new ArrayList<>();
                        try (ResultSet rows = select.executeQuery()) {
                            while (rows.next()) {
                                found.add(Username.of(rows.getString(1)));
                            }
                        }
                        return found;
                    }
                }))
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                .flatMapIterable(found -> found);
    }

    private Mono<Void> update(String sql, Username... users) {
        return Mono.fromCallable(() -> database.transaction(connection -> {
                    try (PreparedStatement update = connection.prepareStatement(sql)) {
                        for (int i = 0; i < users.length; i++) {
                            update.setString(i + 1, users[i].asString());
                        }
                        return update.executeUpdate();
                    }
                }))
                .subscribeOn(ReactorUtils.BLOCKING_CALL_WRAPPER)
                .then();
    }
}
