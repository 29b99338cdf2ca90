package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.service.ServiceArguments;
import org.mssante.core.settings.StartupFailure;

/** Whatever is wrong at start is one sentence that says what to do. */
final class StartupFailureTest {
    @TempDir
    Path run;

    private AnnuaireFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new AnnuaireFixture(run);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listen.address       | no such host          | The setting listen.address in
            limits.filter-depth  | deep                  | must be a whole number
            limits.search-time   | soon                  | must be an ISO 8601 duration such as PT30S
            tls.folder           | /nowhere              | does not exist or cannot be read: create it
            mailboxes.file       | /nowhere/mailboxes    | which does not exist or cannot be read
            register.extracts    | /nowhere              | correct register.extracts or the files
            """)
    void namesTheSettingThatIsWrong(String key, String value, String sentence) {
        fixture.set(key, value);

        assertThatThrownBy(fixture::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @CsvSource({"file, publication.folder, /srv/", "fhir, publication.fhir.url, https://annuaire.example/"})
    void namesTheDestinationThatIsTooLongToBeRemembered(String by, String key, String start) {
        fixture.set("publication.by", by).set(key, start + "a".repeat(500));

        assertThatThrownBy(fixture::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("The setting " + key + " in")
                .hasMessageEndingWith(
                        "is too long, since a destination is remembered by 500 characters: correct it and start again.");
    }

    @Test
    void namesKeyThatNobodyKnows() throws IOException {
        Path conf = fixture.conf();
        Files.writeString(conf, Files.readString(conf, StandardCharsets.UTF_8) + "limits.conections = 5\n");

        assertThatThrownBy(() -> AnnuaireService.start(new ServiceArguments(conf, run, 0)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("[limits.conections]");
    }

    @Test
    void namesTheColumnThatAnExtractLacks() throws IOException {
        Path extracts = Files.createDirectory(run.resolve("extracts"));
        Files.writeString(extracts.resolve("PS_LibreAcces_SavoirFaire_1.txt"), "Identifiant PP|Code profession\n");
        fixture.set("register.extracts", extracts.toString());

        assertThatThrownBy(fixture::start)
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("has no column \"Type d'identifiant PP\"");
    }

    @Test
    void tellsPortThatIsOccupied() throws IOException {
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fixture.set("ldaps.port", Integer.toString(occupied.getLocalPort()));

            // core's ServiceProcess turns this cause into its sentence
            assertThatThrownBy(fixture::start).hasRootCauseInstanceOf(BindException.class);
        }
    }
}
