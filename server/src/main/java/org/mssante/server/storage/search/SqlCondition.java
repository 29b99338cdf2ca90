package org.mssante.server.storage.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition that says exactly which messages match, true or false and never unknown, given that the message has what it
 * asks of {@code message_search s}.
 *
 * @param parameters in the order of the question marks
 */
record SqlCondition(String sql, List<Object> parameters, Needs needs) {
    static final SqlCondition TRUE = new SqlCondition("TRUE", List.of(), Needs.NOTHING);

    /** What of {@code message_search} has to be there. */
    enum Needs {
        NOTHING("TRUE"),
        HEADER("s.message_id IS NOT NULL"),
        TEXT("COALESCE(s.text_state, 0) = 1");

        private final String sql;

        Needs(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        static Needs most(List<SqlCondition> conditions) {
            return conditions.stream()
                    .map(SqlCondition::needs)
                    .max(Enum::compareTo)
                    .orElse(NOTHING);
        }
    }

    static SqlCondition of(String sql, Object... parameters) {
        return new SqlCondition(sql, List.of(parameters), Needs.NOTHING);
    }

    SqlCondition needing(Needs more) {
        return new SqlCondition(sql, parameters, more);
    }

    static SqlCondition all(List<SqlCondition> conditions) {
        return joined(" AND ", "TRUE", conditions);
    }

    static SqlCondition any(List<SqlCondition> conditions) {
        return joined(" OR ", "FALSE", conditions);
    }

    SqlCondition not() {
        return new SqlCondition("NOT (" + sql + ")", parameters, needs);
    }

    /** True for every message that matches or has not what it takes to say. */
    SqlCondition orUnknown() {
        return needs == Needs.NOTHING
                ? this
                : new SqlCondition("(NOT (" + needs.sql() + ") OR (" + sql + "))", parameters, needs);
    }

    private static SqlCondition joined(String word, String none, List<SqlCondition> conditions) {
        List<Object> parameters = new ArrayList<>();
        conditions.forEach(condition -> parameters.addAll(condition.parameters()));
        String sql = conditions.stream()
                .map(condition -> "(" + condition.sql() + ")")
                .collect(Collectors.joining(word));
        return new SqlCondition(conditions.isEmpty() ? none : sql, parameters, Needs.most(conditions));
    }
}
