package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.dmp.bridge.extract.Samples;
import org.slf4j.LoggerFactory;

class FailureLogTest {
    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(FilingSteps.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    @Test
    void aDefectIsLoggedWithItsStackAndWithoutItsMessageWhichMayQuoteADocument() {
        FakeDmp dmp = new FakeDmp().failing(true);
        try (TestBridge bridge = new TestBridge(folder, "bridge-1", Instant.parse("2026-11-20T10:00:00Z"), dmp)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
        }

        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getThrowableProxy()).isNull())
                .satisfies(event -> assertThat(event.getFormattedMessage())
                        .contains("java.lang.IllegalStateException", FakeDmp.class.getName())
                        .doesNotContain(FakeDmp.DEFECT));
    }
}
