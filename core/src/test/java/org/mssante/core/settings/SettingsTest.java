package org.mssante.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.MailAddress;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void readsEveryKindOfValue() throws IOException {
        Settings settings = settings(
                0,
                "data=${run}/data",
                "beside=${conf}/demo",
                "domains= a.fr , b.fr,",
                "on=true",
                "wait=PT30S",
                "from=Dr.Test@demo.mssante.fr");

        assertThat(settings.path("data")).isEqualTo(folder.resolve("run/data"));
        assertThat(settings.path("beside")).isEqualTo(folder.resolve("demo"));
        assertThat(settings.list("domains")).containsExactly("a.fr", "b.fr");
        assertThat(settings.list("absent")).isEmpty();
        assertThat(settings.flag("on")).isTrue();
        assertThat(settings.duration("wait")).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.value("from", MailAddress::parse)).hasToString("dr.test@demo.mssante.fr");
        settings.refuseUnknownKeys();
    }

    @Test
    void addsTheOffsetOfTheInstanceToEveryPort() throws IOException {
        assertThat(settings(100, "port=10025").port("port")).isEqualTo(10_125);
    }

    @Test
    void refusesAPortThatTheOffsetLiftsOutOfRange() throws IOException {
        Settings settings = settings(60_000, "port=10025");
        assertThatThrownBy(() -> settings.port("port"))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("above 65535");
    }

    @Test
    void namesTheKeyThatIsMissing() throws IOException {
        Settings settings = settings(0, "a=b");
        assertThatThrownBy(() -> settings.text("mail.domains"))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("mail.domains")
                .hasMessageContaining("is missing");
    }

    @Test
    void namesTheKeysNobodyKnowsSoThatATypingErrorNeverGoesUnnoticed() throws IOException {
        Settings settings = settings(0, "mail.domains=a.fr", "mail.domain=b.fr");
        settings.list("mail.domains");
        assertThatThrownBy(settings::refuseUnknownKeys)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("[mail.domain]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "ten", "1.5"})
    void refusesANumberOutsideItsRange(String value) throws IOException {
        Settings settings = settings(0, "n=" + value);
        assertThatThrownBy(() -> settings.number("n", 1, 10)).isInstanceOf(StartupFailure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "10"})
    void acceptsANumberAtBothEndsOfItsRange(String value) throws IOException {
        assertThat(settings(0, "n=" + value).number("n", 1, 10)).isEqualTo(Integer.parseInt(value));
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThatThrownBy(() -> Settings.load(folder.resolve("none.properties"), folder, 0))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void saysThatTheFileIsNotUtf8() throws IOException {
        Path file = folder.resolve("latin.properties");
        Files.write(file, "a=\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Settings.load(file, folder, 0))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void saysThatTheFileIsMalformed() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.properties"), "a=\\u00zz");
        assertThatThrownBy(() -> Settings.load(file, folder, 0))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("malformed");
    }

    private Settings settings(int offset, String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("s.properties"), String.join("\n", lines));
        return Settings.load(file, folder.resolve("run"), offset);
    }
}
