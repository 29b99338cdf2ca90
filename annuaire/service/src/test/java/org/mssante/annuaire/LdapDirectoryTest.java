package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.LdapDirectory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.PasswordVerdict;
import org.mssante.annuaire.api.Professional;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** What the other services see, through the real client and the real service, over LDAPS. */
final class LdapDirectoryTest {
    private static final MailAddress DR_TEST = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress DR_MARTIN = MailAddress.parse("dr.martin@demo.medecin.mssante.fr");
    private static final MailAddress LABORATORY = MailAddress.parse("labo.test@demo.mssante.fr");

    @TempDir
    static Path run;

    private static AnnuaireFixture fixture;
    private static AnnuaireService service;
    private static LdapDirectory directory;

    @BeforeAll
    static void start() {
        fixture = new AnnuaireFixture(run);
        service = fixture.start();
        directory = fixture.directory("server");
    }

    @AfterAll
    static void stop() {
        directory.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"399900100100018", "2999001001"})
    void knowsAStructureByEachOfItsNumbers(String number) {
        assertThat(directory.structureName(StructureId.ofNationalId(number)).found())
                .contains("CABINET MEDICAL EXEMPLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999001001", "399900100100026"})
    void knowsNoStructureByANumberOfAnotherKindOrSite(String number) {
        assertThat(directory.structureName(StructureId.ofNationalId(number))).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void findsPersonalMailboxWithItsHolderAndFilingChoice() {
        Mailbox mailbox = directory.mailbox(DR_TEST).found().orElseThrow();

        assertThat(mailbox.address()).isEqualTo(DR_TEST);
        assertThat(mailbox.type()).isEqualTo(MailboxType.PER);
        assertThat(mailbox.state()).isEqualTo(MailboxState.ACTIVE);
        assertThat(mailbox.holder()).contains(new Rpps("10999010019"));
        assertThat(mailbox.structure()).contains(StructureId.siret("99900100100018"));
        assertThat(mailbox.dmpFiling()).isEqualTo(DmpFiling.ON);
        assertThat(directory.mailbox(DR_MARTIN).found().orElseThrow().dmpFiling())
                .isEqualTo(DmpFiling.OFF);
    }

    @Test
    void givesTheMembersOfAnOrganisationalMailboxWithTheirRights() {
        Mailbox mailbox = directory
                .mailbox(MailAddress.parse("cabinet.exemple@demo.mssante.fr"))
                .found()
                .orElseThrow();

        assertThat(mailbox.members()).hasSize(2);
        assertThat(EnumSet.of(MemberRight.READ, MemberRight.WRITE, MemberRight.SEND))
                .allMatch(right -> mailbox.grants(person(DR_TEST), right) && mailbox.grants(person(DR_MARTIN), right));
        assertThat(mailbox.grants(person(DR_TEST), MemberRight.MANAGE)).isFalse();
    }

    private static Mailbox person(MailAddress address) {
        return directory.mailbox(address).found().orElseThrow();
    }

    @Test
    void findsApplicationMailboxByItsCertificateWhateverTheFormOfTheName() {
        Lookup<List<Mailbox>> found = directory.mailboxesOfCertificate(
                "cn=sil-labo-test, ou=399900002900010, o=Laboratoire Test, st=Paris (75), c=FR");

        assertThat(found.found().orElseThrow())
                .singleElement()
                .satisfies(mailbox -> assertThat(mailbox.address()).isEqualTo(LABORATORY))
                .satisfies(mailbox -> assertThat(mailbox.signingPolicy()).isEqualTo(SigningPolicy.SIGN));
        assertThat(directory
                        .mailboxesOfCertificate("CN=AUTRE,O=LABORATOIRE TEST,C=FR")
                        .found())
                .contains(List.of());
    }

    @Test
    void tellsSuspendedMailboxFromAnActiveOne() {
        Mailbox mailbox = directory
                .mailbox(MailAddress.parse("dr.suspendu@demo.medecin.mssante.fr"))
                .found()
                .orElseThrow();

        assertThat(mailbox.isActive()).isFalse();
    }

    @Test
    void isSureThatUnknownAndForeignMailboxesAreNotOurs() {
        assertThat(directory.mailbox(MailAddress.parse("personne@demo.mssante.fr")))
                .isInstanceOf(Lookup.Absent.class);
        assertThat(directory.mailbox(MailAddress.parse("sortie@chu-exemple.mssante.fr")))
                .as("a mailbox of another operator, which the register lists")
                .isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void findsMailboxWhoseNameNeedsEscaping() {
        assertThat(directory.mailbox(MailAddress.parse("a+b=c#d*e@demo.mssante.fr")))
                .isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void checksPasswordsOfPersonalMailboxesOnly() {
        String password = fixture.secret(DR_TEST + ".password");

        assertThat(directory.checkPassword(DR_TEST, password)).isInstanceOf(PasswordVerdict.Accepted.class);
        assertThat(directory.checkPassword(DR_TEST, password + "x")).isEqualTo(PasswordVerdict.Denied.REFUSED);
        assertThat(directory.checkPassword(DR_MARTIN, password)).isEqualTo(PasswordVerdict.Denied.REFUSED);
        assertThat(directory.checkPassword(LABORATORY, password)).isEqualTo(PasswordVerdict.Denied.REFUSED);
        assertThat(directory.checkPassword(DR_TEST, "")).isEqualTo(PasswordVerdict.Denied.REFUSED);
    }

    @Test
    void refusesTheRightPasswordOfSuspendedMailbox() {
        MailAddress suspended = MailAddress.parse("dr.suspendu@demo.medecin.mssante.fr");

        assertThat(directory.checkPassword(suspended, fixture.secret(suspended + ".password")))
                .isEqualTo(PasswordVerdict.Denied.REFUSED);
    }

    @Test
    void knowsProfessionalsOfTheRegister() {
        Professional professional =
                directory.professional(new Rpps("10999010027")).found().orElseThrow();

        assertThat(professional.familyName()).isEqualTo("MARTIN");
        assertThat(professional.givenName()).isEqualTo("ÉLISE");
        assertThat(professional.professionCode()).isEqualTo("10");
        assertThat(professional.professionLabel()).isEqualTo("Médecin");
        assertThat(professional.active()).isTrue();
        assertThat(directory.professional(new Rpps("10999999999"))).isInstanceOf(Lookup.Absent.class);
    }
}
