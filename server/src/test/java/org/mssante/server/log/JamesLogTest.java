package org.mssante.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What this service's logback.xml makes of what James logs. */
class JamesLogTest {
    private static final String JAMES = "org.apache.james.imap.processor.AbstractMailboxProcessor";

    @Test
    void theMessageOfAnExceptionStaysOutOfTheLog() throws JoranException {
        String log = written(new IllegalStateException("#private:dr:MARTIN Paul 1958", new RuntimeException("MARTIN")));
        assertThat(log)
                .contains(
                        "Unexpected error", "java.lang.IllegalStateException", "Caused by: java.lang.RuntimeException")
                .contains("at org.mssante.server.log.JamesLogTest")
                .doesNotContain("MARTIN");
    }

    @Test
    void aFailedHandshakeIsNotLogged() throws JoranException {
        assertThat(written(new DecoderException(new SSLHandshakeException("no cipher suites in common"))))
                .isEmpty();
    }

    private static String written(Throwable failure) throws JoranException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(JamesLogTest.class.getResource("/logback.xml"));
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        ConsoleAppender<?> appender =
                (ConsoleAppender<?>) context.getLogger("org.apache.james").getAppender("JAMES");
        appender.setOutputStream(log);
        context.getLogger(JAMES).error("Unexpected error", failure);
        context.stop();
        return log.toString(StandardCharsets.UTF_8);
    }
}
