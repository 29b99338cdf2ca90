package org.mssante.core.log;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Where a failure came from, for a log: the classes and stacks of an exception, of its causes and of what was suppressed,
 * without their messages. Libraries quote in a message what they could not read: a line of a document, a row with a patient's
 * identity. An SQL state is a code and stays, and so do {@link OwnWords}.
 */
public final class FailureTrail {
    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private FailureTrail() {}

    /** Several lines, written like those of a stack trace. */
    public static String of(Throwable failure) {
        FailureTrail trail = new FailureTrail();
        trail.add("", failure);
        return trail.text.toString();
    }

    /** One line: the class of a failure and those of its causes, for the trace or a queue. */
    public static String classes(Throwable failure) {
        FailureTrail trail = new FailureTrail();
        trail.text.append(name(failure));
        trail.seen.add(failure);
        for (Throwable cause = failure.getCause(); cause != null && trail.seen.add(cause); cause = cause.getCause()) {
            trail.text.append(", because of ").append(name(cause));
        }
        return trail.text.toString();
    }

    private static String name(Throwable failure) {
        String name = failure.getClass().getName();
        if (failure instanceof SQLException sql) {
            return name + " (SQL state " + sql.getSQLState() + ")";
        }
        return failure instanceof OwnWords own ? name + " (" + own.getMessage() + ")" : name;
    }

    private void add(String relation, Throwable failure) {
        if (!seen.add(failure)) {
            return;
        }
        text.append(relation).append(name(failure));
        for (StackTraceElement frame : failure.getStackTrace()) {
            text.append(System.lineSeparator()).append("\tat ").append(frame);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            add(System.lineSeparator() + "Suppressed: ", suppressed);
        }
        if (failure.getCause() != null) {
            add(System.lineSeparator() + "Caused by: ", failure.getCause());
        }
    }
}
