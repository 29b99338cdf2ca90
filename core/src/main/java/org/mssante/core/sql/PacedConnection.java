package org.mssante.core.sql;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A connection that may pause before each of its statements, and before each piece of a stream that is written into a large
 * object. What its database holds is whole there: a statement has done all it does or nothing.
 */
final class PacedConnection implements InvocationHandler {
    private final Object paced;
    private final Pause pause;

    private PacedConnection(Object paced, Pause pause) {
        this.paced = paced;
        this.pause = pause;
    }

    /** Lets others do what cannot be done beside a statement. */
    @FunctionalInterface
    interface Pause {
        void take() throws SQLException;
    }

    static Connection of(Connection connection, Pause pause) {
        return paced(Connection.class, connection, pause);
    }

    private static <T> T paced(Class<T> type, T paced, Pause pause) {
        return type.cast(Proxy.newProxyInstance(
                PacedConnection.class.getClassLoader(), new Class<?>[] {type}, new PacedConnection(paced, pause)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().startsWith("execute")) {
            pause.take();
        }
        pace(arguments);
        return paced(call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(paced, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object paced(Object result) {
        if (result instanceof PreparedStatement statement) {
            return paced(PreparedStatement.class, statement, pause);
        }
        if (result instanceof Connection connection) { // of a statement
            return of(connection, pause);
        }
        return result instanceof Statement statement ? paced(Statement.class, statement, pause) : result;
    }

    private void pace(Object[] arguments) {
        for (int i = 0; arguments != null && i < arguments.length; i++) {
            if (arguments[i] instanceof InputStream stream) {
                arguments[i] = new PacedStream(stream, pause);
            }
        }
    }

    private static final class PacedStream extends FilterInputStream {
        private final Pause pause;

        PacedStream(InputStream stream, Pause pause) {
            super(stream);
            this.pause = pause;
        }

        @Override
        public int read() throws IOException {
            take();
            return super.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            take();
            return super.read(buffer, offset, length);
        }

        private void take() throws IOException {
            try {
                pause.take();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
