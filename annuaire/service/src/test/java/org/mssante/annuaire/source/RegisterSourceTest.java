package org.mssante.annuaire.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mssante.core.fetch.FetchTimes;

final class RegisterSourceTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T00:00:00Z"), ZoneOffset.UTC);

    @Test
    void aFailureThatNobodyThoughtOfIsAFaultOfTheSourceAndNotTheEndOfAllQuestions() throws IOException {
        RegisterSource source = new RegisterSource(
                new Failing(),
                new FetchTimes(Duration.ofHours(1), List.of(Duration.ofMinutes(1)), new Random(1)),
                CLOCK);

        assertThat(source.askWhereDue()).contains(RegisterSource.End.FAILED);
        assertThat(source.state().fault().orElseThrow().why()).contains("DirectoryIteratorException", "IOException");
        assertThat(source.askWhereDue()).as("it waits as after any failure").isEmpty();
    }

    private static final class Failing implements Origin {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public URI address() {
            return URI.create("https://register.invalid/");
        }

        @Override
        public Optional<Instant> edition() {
            return Optional.empty();
        }

        @Override
        public boolean ask() {
            throw new DirectoryIteratorException(new IOException("Input/output error"));
        }
    }
}
