package org.mssante.annuaire.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.registry.FlagMotive;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;

final class FindingsSearchTest {
    private static final MailAddress DR_TEST = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final MailAddress DR_DISCRET = MailAddress.parse("dr.discret@demo.medecin.mssante.fr");
    private static final MailAddress GAELLE = MailAddress.parse("gaelle.deseglantines@demo.mssante.fr");
    private static final LifeCyclePolicy SUSPEND = new LifeCyclePolicy(true, Duration.ofDays(30));

    @TempDir
    Path folder;

    private ReviewFixture annuaire;

    @BeforeEach
    void open() throws IOException {
        annuaire = new ReviewFixture(folder);
    }

    @AfterEach
    void close() throws IOException {
        annuaire.close();
    }

    @Test
    void nothingIsToBeSaidWhereTheRegisterPublishesNoneOfOurs() throws IOException {
        annuaire.leaveOut(ReviewFixture.MAILBOXES, "@demo.");
        annuaire.view.open();

        assertThat(findings()).isEqualTo(new Findings(List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void tellsOfOrphansWithTheTimeOfTheirSuspension() throws IOException {
        annuaire.view.open();
        MailAddress address = MailAddress.parse("noe.dupuits@demo.mssante.fr");
        annuaire.flags.raise(
                annuaire.mailbox(address.toString()), FlagMotive.HOLDER_LEFT, ReviewFixture.NOTE, List.of());

        RegisterFlag flag = new RegisterFlag(address, FlagMotive.HOLDER_LEFT, ReviewFixture.START);
        assertThat(findings().orphans())
                .containsExactly(new Findings.Orphan(
                        flag, MailboxState.ACTIVE, Optional.of(ReviewFixture.START.plus(Duration.ofDays(30)))));

        annuaire.change(address.toString(), "state", "SUSPENDED");
        assertThat(findings().orphans())
                .containsExactly(new Findings.Orphan(flag, MailboxState.SUSPENDED, Optional.empty()));
    }

    @Test
    void tellsOfSeveralMailboxesOfOneHolder() throws IOException {
        annuaire.view.open();
        MailAddress second = MailAddress.parse("d.test@demo.medecin.mssante.fr");
        annuaire.registry.create(
                MailboxProperties.create(
                        second, Map.of("type", "PER", "displayName", "Dr TEST", "holder", "10999010019")),
                ReviewFixture.NOTE);

        assertThat(findings().duplicates())
                .containsExactly(new Findings.Duplicate(new Rpps("10999010019"), List.of(second, DR_TEST)));

        annuaire.change(second.toString(), "state", "CLOSED");
        assertThat(findings().duplicates()).isEmpty();
    }

    @Test
    void tellsWhatIsPublishedOtherwiseThanWeKnowIt() throws IOException {
        publish(DR_TEST, "10999010019");
        publish(DR_DISCRET, "10999010035");
        publish(GAELLE, "10999010027");
        publish(MailAddress.parse("dr.suspendu@demo.medecin.mssante.fr"), "10999010068");
        publish(MailAddress.parse("dr.inconnu@demo.medecin.mssante.fr"), "10999010019");
        annuaire.view.open();
        annuaire.change("dr.suspendu@demo.medecin.mssante.fr", "state", "CLOSED");

        assertThat(findings().stale())
                .containsExactlyInAnyOrder(
                        new Findings.Stale(DR_DISCRET, "published, and it is on the liste rouge"),
                        new Findings.Stale(GAELLE, "published with another holder than ours"),
                        new Findings.Stale(
                                MailAddress.parse("dr.suspendu@demo.medecin.mssante.fr"),
                                "published, and it is CLOSED"),
                        new Findings.Stale(
                                MailAddress.parse("dr.inconnu@demo.medecin.mssante.fr"),
                                "published in our domain, and we have no such mailbox"));
    }

    @Test
    void tellsOfAllThatIsPublishedInOurDomains() throws IOException {
        annuaire.add(
                ReviewFixture.MAILBOXES,
                IntStream.range(0, 2_500)
                        .mapToObj(i -> line("inconnu" + i + "@demo.medecin.mssante.fr", "10999010019"))
                        .collect(Collectors.joining()));
        annuaire.view.open();

        assertThat(findings().stale()).hasSize(2_500);
    }

    @Test
    void aStructureIsTheSameByWhicheverOfItsNumbersItIsPublished() throws IOException {
        MailAddress ssr = MailAddress.parse("ssr@demo.mssante.fr");
        annuaire.registry.create(
                MailboxProperties.create(
                        ssr, Map.of("type", "ORG", "displayName", "SSR", "structure", "399900900700015")),
                ReviewFixture.NOTE);
        publish(ssr, "1", "990000119");
        annuaire.view.open();
        assertThat(findings().stale())
                .containsExactly(new Findings.Stale(ssr, "published with another structure than ours"));

        annuaire.edition(
                ReviewFixture.ACTIVITIES,
                text -> text.replace("|||990000119|", "|99900900700015|999009007|990000119|"));
        assertThat(findings().stale()).isEmpty();
    }

    @Test
    void tellsWhatIsNotPublishedThoughItMayBe() throws IOException {
        publish(DR_TEST, "10999010019");
        annuaire.view.open();

        assertThat(findings().unpublished())
                .contains(GAELLE, MailAddress.parse("pharmacie.dupuits@demo.mssante.fr"))
                .as("neither liste rouge, nor what the open extract never holds, nor what is suspended")
                .doesNotContain(
                        DR_TEST,
                        DR_DISCRET,
                        MailAddress.parse("labo.test@demo.mssante.fr"),
                        MailAddress.parse("cabinet.tilleuls@demo.medecin.mssante.fr"),
                        MailAddress.parse("dr.suspendu@demo.medecin.mssante.fr"));
    }

    private Findings findings() throws IOException {
        return new FindingsSearch(annuaire.index, annuaire.records, SUSPEND, annuaire.clock).findings();
    }

    private void publish(MailAddress address, String kindOfStructure, String structure) throws IOException {
        annuaire.add(
                ReviewFixture.MAILBOXES,
                "ORG|" + address + "||||" + kindOfStructure + "|" + structure + "|".repeat(25) + "\n");
    }

    private void publish(MailAddress address, String holder) throws IOException {
        annuaire.add(ReviewFixture.MAILBOXES, line(address.toString(), holder));
    }

    private static String line(String address, String holder) {
        return "PER|" + address + "|8|" + holder + "|8" + holder + "|||" + "|".repeat(24) + "\n";
    }
}
