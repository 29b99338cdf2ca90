package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.AnnuaireFixture;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Language;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;
import org.mssante.core.settings.StartupFailure;

final class MailboxFileTest {
    private static final String ORG =
            "a@demo.mssante.fr;ORG;Accueil;;1990000010;b@demo.mssante.fr:READ,SEND;ACTIVE;false;"
                    + "true;NONE;;Accueil du site;Admissions;Le directeur";

    @TempDir
    Path folder;

    @Test
    void readsTheDemonstrationsMailboxesOfEveryType() {
        List<Registration> registrations =
                MailboxFile.read(AnnuaireFixture.home().resolve("conf/demo/mailboxes.csv"), any -> {});

        assertThat(registrations)
                .extracting(registration -> registration.mailbox().type())
                .contains(MailboxType.values());
        assertThat(registrations)
                .extracting(registration -> registration.address().toString())
                .contains(
                        "labo.test@demo.mssante.fr",
                        "dmp@demo.mssante.fr",
                        "dr.test@demo.medecin.mssante.fr",
                        "dr.martin@demo.medecin.mssante.fr",
                        "cabinet.exemple@demo.mssante.fr");
    }

    @Test
    void readsEveryColumn() throws IOException {
        Registration registration = read(ORG).get(0);

        assertThat(registration.mailbox().members())
                .containsExactly(
                        new Member(MailAddress.parse("b@demo.mssante.fr"), Set.of(MemberRight.READ, MemberRight.SEND)));
        assertThat(registration.mailbox().dmpFiling()).isEqualTo(DmpFiling.ON);
        assertThat(registration.unlisted()).isFalse();
        assertThat(registration.description()).contains("Accueil du site");
        assertThat(registration.service()).contains("Admissions");
        assertThat(registration.responsible()).contains("Le directeur");
    }

    @Test
    void readsTypesStatesAndRightsInAnyCase() throws IOException {
        Registration registration = read(ORG.replace(";ORG;", ";org;")
                        .replace(";ACTIVE;", ";active;")
                        .replace("READ,SEND", "read,Send"))
                .get(0);

        assertThat(registration).isEqualTo(read(ORG).get(0));
        assertThat(registration.held()).isFalse();
    }

    @Test
    void readsTheColumnsThatTheFirstLineNamesBehindTheOthers() throws IOException {
        Registration registration = read(
                        ";language;preferred;certificateStructure",
                        ORG.replace(";NONE;;", ";NONE;CN=S,OU=399900002900010,C=FR;") + ";EN;2;399900002900010")
                .get(0);

        assertThat(registration.mailbox().language()).contains(new Language("en"));
        assertThat(registration.preferred()).contains(2);
        assertThat(registration.mailbox().certificateStructure()).contains(StructureId.siret("99900002900010"));
        assertThat(read(";language", ORG + ";").get(0).mailbox().language()).isEmpty();
    }

    @Test
    void refusesALanguageThatIsNoTag() {
        assertThatThrownBy(() -> read(";language", ORG + ";english"))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining(
                        "line 3 (a@demo.mssante.fr), a language is a primary tag of BCP 47 such as fr or en");
    }

    @ParameterizedTest
    @ValueSource(strings = {";language;language", ";heldByOperator", ";", ";Language"})
    void refusesAColumnThatNobodyKnowsOrThatStandsTwice(String more) {
        assertThatThrownBy(() -> read(more, ORG))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("names columns behind \"responsable\" that are none of [certificateStructure, "
                        + "language, preferred], each once");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ;ORG;                | ;XXX;               | type must be one of PER, ORG, APP, CAB
            ;ACTIVE;             | ;OPEN;              | state must be one of ACTIVE, SUSPENDED, CLOSED, PURGED
            ;false;true;         | ;false;yes;         | dmpFiling must be one of true, false, ask
            ;false;true;         | ;;true;             | listeRouge must be true or false
            ;1990000010;         | ;;                  | a mailbox of type ORG needs its structure
            ;1990000010;         | ;9990000010;        | a structure identifier starts with 0, 1, 2, 3 or 4
            :READ,SEND           | :READ,FLY           | the right of a member must be one of READ, WRITE, SEND, MANAGE
            :READ,SEND           | ''                  | a member is written address:READ,WRITE
            Accueil;;            | Accueil;123;        | an RPPS number has 11 digits
            ;Accueil;            | ;;                  | displayName is missing
            b@demo.mssante.fr:READ,SEND | b@demo.mssante.fr:READ b@demo.mssante.fr:SEND | a member is named twice
            ;ORG;                | ;APP;               | a mailbox of type APP has no members
            ;ORG;                | ;PER;               | a mailbox of type PER needs its holder
            Le directeur         | Le directeur;       | it has 15 columns in place of 14
            """)
    void namesTheLineTheAddressAndTheRuleThatIsBroken(String right, String wrong, String rule) {
        assertThatThrownBy(() -> read(ORG.replace(right, wrong)))
                .isInstanceOf(StartupFailure.class)
                .hasMessage("The mailbox file " + folder.resolve("m.csv") + " is wrong in line 3 (a@demo.mssante.fr), "
                        + rule + ": correct the line and start again.");
    }

    @Test
    void refusesAnAddressThatStandsTwice() {
        assertThatThrownBy(() -> read(ORG + "\n" + ORG))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("line 4 (a@demo.mssante.fr), the address stands in the file twice");
    }

    @Test
    void refusesFileWithoutTheHeaderLine() throws IOException {
        Path file = Files.writeString(folder.resolve("m.csv"), ORG + "\n");

        assertThatThrownBy(() -> MailboxFile.read(file, any -> {}))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("does not start with the line \"address;type;");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("m.csv"), "# é\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> MailboxFile.read(file, any -> {}))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("is not UTF-8");
    }

    private List<Registration> read(String lines) throws IOException {
        return read("", lines);
    }

    private List<Registration> read(String more, String lines) throws IOException {
        Path file = folder.resolve("m.csv");
        Files.writeString(
                file, "# a comment\n" + MailboxFile.HEADER + more + "\n" + lines + "\n", StandardCharsets.UTF_8);
        return MailboxFile.read(file, any -> {});
    }
}
