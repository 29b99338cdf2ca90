package org.mssante.core.sql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to the thread that forces, whoever waits for it gets an answer. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupSyncTest {
    private final Deque<Throwable> troubles = new ConcurrentLinkedDeque<>();

    @Test
    void anErrorWhileForcingIsTheAnswerOfThatGroupAndTheNextOneIsForced() throws SQLException {
        troubles.add(new StackOverflowError("deep inside the database"));
        GroupSync sync = new GroupSync(connection());
        try {
            assertThatThrownBy(sync::await)
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(StackOverflowError.class);
            assertThatCode(sync::await).doesNotThrowAnyException();
        } finally {
            sync.close();
        }
    }

    @Test
    void aThreadThatCannotBeginRefusesWhoeverComes() {
        Connection broken = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement")) {
                        throw new OutOfMemoryError("no statement");
                    }
                    return null;
                });
        GroupSync sync = new GroupSync(broken);
        try {
            assertThatThrownBy(sync::await).isInstanceOf(SQLException.class);
            assertThatThrownBy(sync::await).isInstanceOf(SQLException.class);
        } finally {
            sync.close();
        }
    }

    /** A real one, whose statements fail as long as there are troubles. */
    private Connection connection() throws SQLException {
        Connection real = DriverManager.getConnection("jdbc:h2:mem:group-sync");
        Statement statement = real.createStatement();
        Statement troubled = (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("execute") && !troubles.isEmpty()) {
                        throw troubles.remove();
                    }
                    return invoke(statement, method, arguments);
                });
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("createStatement") ? troubled : invoke(real, method, arguments));
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
