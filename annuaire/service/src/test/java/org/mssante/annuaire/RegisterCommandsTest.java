package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What an operator does with an edition of the register, by his commands and the control socket of a real service. */
final class RegisterCommandsTest {
    private static final String ACTIVITIES = "PS_LibreAcces_Personne_activite_202611200312.txt";

    private RunFolder folder;
    private Path run;
    private OperatorCommands commands;

    private Path extracts;
    private AnnuaireFixture fixture;
    private AnnuaireService service;
    private ServerSocket mailServer;

    @BeforeEach
    void start() throws IOException {
        folder = RunFolder.create();
        run = folder.path();
        commands = new OperatorCommands(run);
        extracts = Files.createDirectory(run.resolve("extracts"));
        try (Stream<Path> files = Files.list(AnnuaireFixture.home().resolve("conf/demo/extracts"))) {
            for (Path file : files.toList()) {
                Files.copy(file, extracts.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        mailServer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        fixture = new AnnuaireFixture(run)
                .set("lifecycle.notice.timeout", "PT1S")
                .set("lifecycle.notice.port", Integer.toString(mailServer.getLocalPort()))
                .set("register.extracts", extracts.toString())
                .set("register.check.interval", "PT1H");
        service = fixture.start();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        mailServer.close();
        folder.close();
    }

    @Test
    void anEditionThatRemovesTooMuchIsHeldReportedAndConfirmed() throws IOException {
        Path activities = extracts.resolve(ACTIVITIES);
        String all = Files.readString(activities, StandardCharsets.UTF_8);
        String half = all.substring(0, all.indexOf('\n', all.length() / 2) + 1);
        Files.writeString(activities, half, StandardCharsets.UTF_8);

        assertThat(run("annuaire", "sync", "--dry-run")).isZero();
        assertThat(text())
                .contains("professionals would be removed")
                .contains("this was a rehearsal")
                .contains("would wait for ./mssante annuaire sync --confirm");

        assertThat(run("annuaire", "sync", "--confirm"))
                .as("nobody confirms what was not looked at")
                .isEqualTo(1);
        assertThat(commands.err()).contains("No edition waits");

        assertThat(run("annuaire", "sync")).isEqualTo(1);
        assertThat(text()).contains("HELD").contains("--confirm");

        assertThat(run("annuaire", "status", "--conf-dir", confDir().toString()))
                .isZero();
        assertThat(text())
                .containsPattern("The edition in force was looked at on .*: .*" + ACTIVITIES)
                .containsPattern("The last look, on .*: The new edition waits")
                .contains("professionals would be removed");

        assertThat(run("annuaire", "report")).isZero();
        assertThat(text()).contains("HELD").contains("professionals would be removed");

        assertThat(run("annuaire", "sync", "--dry-run"))
                .as("a rehearsal takes nothing out of its wait")
                .isZero();
        assertThat(run("annuaire", "sync", "--confirm")).isZero();
        assertThat(text()).contains("in force");

        assertThat(run("annuaire", "status", "--conf-dir", confDir().toString()))
                .isZero();
        assertThat(text()).contains("The edition in force was looked at on").doesNotContain("The last look");

        assertThat(run("annuaire", "sync")).isZero();
        assertThat(text()).contains("have not changed");
    }

    @Test
    void theStatusDoesNotDenyAnEditionThatWasTakenOverBeforeAllTheLooksItIsToldOf() throws IOException {
        String failed = """
                {"started":"2026-11-21T03:00:00Z","end":"FAILED","source":"other","extracts":[],"remarks":["no header"]}
                """;
        Files.writeString(
                run.resolve("annuaire/data/register-runs.jsonl"), failed.repeat(1_000), StandardOpenOption.APPEND);

        assertThat(run("annuaire", "status", "--conf-dir", confDir().toString()))
                .isZero();
        assertThat(text()).contains("an older one is in force", "no header");
    }

    @Test
    void extractsThatCannotBeReadAreToldByTheHealthOfTheService() throws IOException {
        Path activities = extracts.resolve(ACTIVITIES);
        String all = Files.readString(activities, StandardCharsets.UTF_8);
        assertThat(fixture.health()).doesNotContain("MSS-H26");
        Files.writeString(activities, "another header" + all, StandardCharsets.UTF_8);

        assertThat(run("annuaire", "sync")).isEqualTo(1);
        assertThat(fixture.health()).contains("MSS-H26");

        Files.writeString(activities, all, StandardCharsets.UTF_8);
        assertThat(run("annuaire", "sync")).isZero();
        assertThat(fixture.health()).doesNotContain("MSS-H26");
    }

    @Test
    void aConfirmationIsRefusedWhereTheFilesHaveChangedSince() throws IOException {
        Path activities = extracts.resolve(ACTIVITIES);
        String all = Files.readString(activities, StandardCharsets.UTF_8);
        Files.writeString(activities, all.substring(0, all.indexOf('\n') + 1), StandardCharsets.UTF_8);
        assertThat(run("annuaire", "sync")).isEqualTo(1);
        Files.writeString(activities, all.substring(0, all.indexOf('\n', 5_000) + 1), StandardCharsets.UTF_8);

        assertThat(run("annuaire", "sync", "--confirm")).isEqualTo(1);
        assertThat(commands.err()).contains("have changed since");
    }

    @Test
    void aMailboxWhoseHolderLeftIsShownWithItsFlag() throws IOException {
        String address = "noe.dupuits@demo.mssante.fr";
        dropFromTheRegister("10999010043");

        assertThat(run("annuaire", "sync")).isZero();
        assertThat(run("annuaire", "review")).isZero();
        assertThat(text()).containsPattern("orphan +" + address + " +HOLDER_LEFT since .*, ACTIVE");

        assertThat(run("annuaire", "review", "--json")).isZero();
        assertThat(text()).contains("{\"address\":\"" + address + "\",\"state\":\"ACTIVE\",\"motive\":\"HOLDER_LEFT\"");

        assertThat(run("mailbox", "show", address)).isZero();
        assertThat(text()).contains("flag: HOLDER_LEFT").contains("flaggedSince: ");

        assertThat(run("mailbox", "history", address)).isZero();
        assertThat(text()).containsPattern("policy +its holder is not in the register +flagged: HOLDER_LEFT");
    }

    @Test
    void whoIsToldOfAFlagIsToldAtOnceAfterALook() throws IOException {
        dropFromTheRegister("10999010043");

        assertThat(run("annuaire", "sync")).isZero();

        mailServer.setSoTimeout(20_000);
        mailServer.accept().close();
    }

    @Test
    void publishSendsNothingUnlessItIsToldTo() throws IOException {
        Path orders = run.resolve("annuaire/publication");

        assertThat(run("annuaire", "publish")).isZero();
        assertThat(text())
                .containsPattern("PUBLISH +noe.dupuits@demo.mssante.fr +PER +810999010043")
                .containsPattern("UPDATE +dr.martin@demo.medecin.mssante.fr +PER")
                .contains("Nothing was sent")
                .doesNotContain("dr.discret");
        assertThat(orders).doesNotExist();

        assertThat(run("annuaire", "publish", "--send")).isZero();
        assertThat(text()).containsPattern("noe.dupuits@demo.mssante.fr .*ACCEPTED +in publication-");
        try (Stream<Path> files = Files.list(orders)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file))
                            .contains("noe.dupuits")
                            .doesNotContain("dr.discret"));
        }

        assertThat(run("annuaire", "publish", "--send")).isZero();
        assertThat(text()).contains("has taken all that we publish");
    }

    @Test
    void generateSaysWhatIsWrongWithItsOptions() {
        assertThat(commands.runAlone(
                        "annuaire",
                        "generate",
                        "--changes",
                        "2",
                        run.resolve("made").toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(commands.err()).contains("--changes from 0 to 1");
    }

    /** Of this instance, with its ports. */
    private Path confDir() throws IOException {
        Path annuaire = Files.createDirectories(run.resolve("conf/annuaire"));
        Files.copy(
                run.resolve("annuaire.properties"),
                annuaire.resolve("annuaire.properties"),
                StandardCopyOption.REPLACE_EXISTING);
        return annuaire.getParent();
    }

    private void dropFromTheRegister(String rpps) throws IOException {
        Path activities = extracts.resolve(ACTIVITIES);
        String all = Files.readString(activities, StandardCharsets.UTF_8);
        Files.writeString(
                activities,
                all.lines().filter(line -> !line.contains(rpps)).collect(Collectors.joining("\n", "", "\n")),
                StandardCharsets.UTF_8);
    }

    private int run(String... words) {
        return commands.run(words);
    }

    private String text() {
        return commands.out();
    }
}
