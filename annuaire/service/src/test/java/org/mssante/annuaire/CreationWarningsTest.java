package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Mailboxes for a person whose RPPS number is sound and in no edition of the register, and for software without a certificate, by
 * commands to a real service.
 */
final class CreationWarningsTest {
    private static final String WARNING =
            "The register that is loaded does not know the RPPS number of the holder: check it. (MSS-A10)";
    /** With its key, and nobody's in the demonstration's register. */
    private static final String UNKNOWN = "10999990012";

    private static final String STRUCTURE = "399900100100018";
    private static final String KNOWN = "10999011017";

    private RunFolder folder;
    private OperatorCommands commands;

    @BeforeEach
    void make() throws IOException {
        folder = RunFolder.create();
        commands = new OperatorCommands(folder.path());
    }

    @AfterEach
    void remove() throws IOException {
        folder.close();
    }

    @Test
    void theOneWhoCreatesAMailboxIsToldThatTheRegisterDoesNotKnowItsHolder() {
        AnnuaireService service = new AnnuaireFixture(folder.path()).start();
        try {
            assertThat(created("inconnue@demo.medecin.mssante.fr", "PER", UNKNOWN))
                    .contains(WARNING);
            assertThat(created("cabinet.inconnu@demo.mssante.fr", "CAB", UNKNOWN))
                    .contains(WARNING);
            assertThat(created("connue@demo.medecin.mssante.fr", "PER", KNOWN)).doesNotContain("warning");

            assertThat(commands.run("mailbox", "show", "inconnue@demo.medecin.mssante.fr"))
                    .isZero();
            assertThat(commands.out()).contains("state: ACTIVE").doesNotContain("warning");
        } finally {
            service.close();
        }
    }

    @Test
    void theOneWhoCreatesAMailboxForSoftwareIsToldThatNobodyOpensItWithoutACertificate() {
        AnnuaireService service = new AnnuaireFixture(folder.path()).start();
        try {
            assertThat(createdFor("sans.certificat@demo.mssante.fr", "APP"))
                    .contains("state: ACTIVE", "Nobody can open this mailbox", "(MSS-A11)");
            assertThat(createdFor(
                            "avec.certificat@demo.mssante.fr",
                            "APP",
                            "--certificate",
                            "CN=sil,OU=" + STRUCTURE + ",C=FR"))
                    .doesNotContain("warning");
            assertThat(createdFor("accueil@demo.mssante.fr", "ORG"))
                    .as("its members open it")
                    .doesNotContain("warning");
        } finally {
            service.close();
        }
    }

    @Test
    void nothingIsSaidWhereNoEditionWasEverLoaded() throws IOException {
        Path nothing = Files.createDirectory(folder.path().resolve("extracts"));
        AnnuaireService service = new AnnuaireFixture(folder.path())
                .set("register.extracts", nothing.toString())
                .start();
        try {
            assertThat(created("inconnue@demo.medecin.mssante.fr", "PER", UNKNOWN))
                    .doesNotContain("warning");
        } finally {
            service.close();
        }
    }

    private String created(String address, String type, String holder) {
        return create(address, type, "--holder", holder);
    }

    private String createdFor(String address, String type, String... more) {
        return create(
                address,
                type,
                Stream.concat(Stream.of("--structure", STRUCTURE), Stream.of(more))
                        .toArray(String[]::new));
    }

    private String create(String address, String type, String... more) {
        return commands.output(Stream.concat(
                        Stream.of(
                                "mailbox",
                                "create",
                                address,
                                "--type",
                                type,
                                "--display-name",
                                "Docteur NOUVELLE",
                                "--reason",
                                "ouverture"),
                        Stream.of(more))
                .toArray(String[]::new));
    }
}
