package org.mssante.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmtpConnectionTest {
    private static final SmtpClientSettings SETTINGS = new SmtpClientSettings(
            "smtp.demo.mssante.fr",
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60));

    @Test
    void triesEachAddressOfAHostUntilOneAnswers() throws IOException {
        InetAddress silent = InetAddress.getByName("127.0.0.2");
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(Optional.empty(), List.of());
                SmtpConnection connection = SmtpConnection.open(
                        server.address(), List.of(silent, InetAddress.getLoopbackAddress()), SETTINGS)) {
            assertThat(connection.reply().code()).isEqualTo(220);
        }
    }

    @Test
    void failsWhereNoAddressAnswers() throws IOException {
        InetAddress silent = InetAddress.getByName("127.0.0.2");
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(Optional.empty(), List.of())) {
            assertThatThrownBy(() -> SmtpConnection.open(server.address(), List.of(silent, silent), SETTINGS))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
