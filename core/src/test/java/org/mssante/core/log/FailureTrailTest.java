package org.mssante.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureTrailTest {
    private static final String SECRET = "1580214 EXEMPLE-UN";

    @Test
    void tellsClassesAndStacksAndNoMessage() {
        Exception cause = new SQLException(SECRET, "23505");
        RuntimeException failure = new IllegalStateException(SECRET + " again", cause);
        failure.addSuppressed(new IOException(SECRET));

        String trail = FailureTrail.of(failure);

        assertThat(trail)
                .doesNotContain(SECRET)
                .startsWith("java.lang.IllegalStateException")
                .contains(
                        "Suppressed: java.io.IOException",
                        "Caused by: java.sql.SQLException (SQL state 23505)",
                        "\tat " + FailureTrailTest.class.getName() + ".tellsClassesAndStacksAndNoMessage(");
    }

    @Test
    void tellsTheClassesAloneInOneLine() {
        RuntimeException failure = new IllegalStateException(SECRET, new SQLException(SECRET, "23505"));

        assertThat(FailureTrail.classes(failure))
                .isEqualTo("java.lang.IllegalStateException, because of java.sql.SQLException (SQL state 23505)");
    }

    @Test
    void tellsWordsOfOurOwn() {
        assertThat(FailureTrail.classes(new Told())).isEqualTo(Told.class.getName() + " (the key is not here)");
        assertThat(FailureTrail.of(new Told())).startsWith(Told.class.getName() + " (the key is not here)");
    }

    private static final class Told extends Exception implements OwnWords {
        private static final long serialVersionUID = 1L;

        Told() {
            super("the key is not here");
        }
    }

    @Test
    void endsWhereFailuresNameEachOther() {
        Exception first = new Exception();
        Exception second = new Exception(first);
        first.addSuppressed(second);

        assertThat(FailureTrail.of(second)).contains("Caused by: java.lang.Exception");
        assertThat(FailureTrail.classes(second)).isEqualTo("java.lang.Exception, because of java.lang.Exception");
    }
}
