package org.mssante.annuaire.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.annuaire.publish.PublicationFixture.ORG;
import static org.mssante.annuaire.publish.PublicationFixture.PER;
import static org.mssante.annuaire.publish.PublicationFixture.UNLISTED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.registry.Publication;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

final class MailboxPublicationTest {
    @TempDir
    Path folder;

    private final Map<MailAddress, PublicationAnswer> refusals = new HashMap<>();
    private PublicationFixture fixture;
    private MailboxPublication publication;

    @BeforeEach
    void open() {
        fixture = new PublicationFixture(folder.resolve("data"));
        publication = fixture.to((orders, answers) -> orders.forEach(order ->
                answers.take(order, refusals.getOrDefault(order.address(), new PublicationAnswer.Accepted("200")))));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRehearsalSaysWhatWouldBeSentAndSendsNothing() {
        MailboxPublication toNobody = fixture.to((orders, answers) -> {
            throw new AssertionError("something was sent");
        });

        assertThat(words(toNobody.rehearse())).containsExactly("PUBLISH " + ORG, "PUBLISH " + PER);
        assertThat(fixture.trace).isEmpty();
    }

    @Test
    void sendsOnlyWhatDiffersFromWhatWasTaken() throws IOException {
        assertThat(words(publication.send("test"))).containsExactly("PUBLISH " + ORG, "PUBLISH " + PER);
        assertThat(publication.send("test")).isEmpty();

        fixture.change(ORG, "description", "Autre");
        assertThat(words(publication.send("test"))).containsExactly("UPDATE " + ORG);
        fixture.change(PER, "preferred", "1");
        assertThat(words(publication.send("test"))).containsExactly("UPDATE " + PER);
        assertThat(publication.send("test")).isEmpty();
        assertThat(fixture.trace)
                .hasSize(4)
                .allSatisfy(entry -> assertThat(entry.event()).isEqualTo(Event.PUBLICATION_ACCEPTED));
    }

    @Test
    void aLineSaysWhenTheDestinationWasToldLastOfTheMailbox() throws IOException {
        Instant first = fixture.clock.instant();
        assertThat(publication.send("test"))
                .extracting(MailboxPublication.Line::last)
                .containsOnly(Optional.empty());
        fixture.clock.pass(Duration.ofDays(3));
        fixture.change(PER, "listeRouge", "true");
        fixture.change(ORG, "structure", "1990000028");

        assertThat(publication.rehearse())
                .extracting(line -> line.order().action() + " " + line.last().orElseThrow())
                .containsExactly("WITHDRAW " + first, "WITHDRAW " + first);
        assertThat(publication.send("test"))
                .extracting(line -> line.order().action() + " " + line.last().orElseThrow())
                .containsExactly("WITHDRAW " + first, "WITHDRAW " + first, "PUBLISH " + first.plus(Duration.ofDays(3)));
        assertThat(fixture.to("https://annuaire.example/fhir", MailboxPublicationTest::takeAll)
                        .rehearse())
                .as("another destination was told nothing yet")
                .extracting(MailboxPublication.Line::last)
                .containsOnly(Optional.empty());
    }

    @Test
    void whatIsRefusedOrWaitsIsSentAgain() throws IOException {
        refusals.put(ORG, new PublicationAnswer.Refused("404"));
        refusals.put(PER, new PublicationAnswer.Later("503"));
        publication.send("test");
        assertThat(fixture.trace).extracting(TraceEntry::event).containsExactly(Event.PUBLICATION_REFUSED);

        refusals.clear();
        assertThat(words(publication.send("test"))).containsExactly("PUBLISH " + ORG, "PUBLISH " + PER);
    }

    @Test
    void withdrawsWhatIsNotToBePublishedAnyMore() throws IOException {
        publication.send("test");
        fixture.change(PER, "listeRouge", "true");
        fixture.change(ORG, "state", "SUSPENDED");

        assertThat(words(publication.send("test"))).containsExactly("WITHDRAW " + ORG, "WITHDRAW " + PER);
        assertThat(publication.send("test")).isEmpty();

        fixture.change(ORG, "state", "ACTIVE");
        assertThat(words(publication.send("test"))).containsExactly("PUBLISH " + ORG);
    }

    @Test
    void withdrawsFromTheOldStructureAndPublishesAtTheNewOne() throws IOException {
        publication.send("test");
        fixture.change(ORG, "structure", "1990000028");

        List<MailboxPublication.Line> lines = publication.send("test");
        assertThat(lines)
                .extracting(line ->
                        line.order().action() + " " + line.order().carrier().nationalId())
                .containsExactly("WITHDRAW 1990000010", "PUBLISH 1990000028");
        assertThat(publication.send("test")).isEmpty();
    }

    @Test
    void isNotPublishedAtTheNewStructureWhileTheOldOneKeepsIt() throws IOException {
        publication.send("test");
        fixture.change(ORG, "structure", "1990000028");
        refusals.put(ORG, new PublicationAnswer.Later("503"));

        assertThat(words(publication.send("test"))).containsExactly("WITHDRAW " + ORG);
    }

    @Test
    void anAddressThatSomebodyPublishedBeforeUsIsUpdatedOrWithdrawn() throws IOException {
        fixture.memory.published(List.of(
                new Publication(PER, Set.of("10999010019"), Set.of()),
                new Publication(UNLISTED, Set.of("10999010035"), Set.of())));

        assertThat(words(publication.send("test")))
                .as("what must go goes first")
                .containsExactly("WITHDRAW " + UNLISTED, "PUBLISH " + ORG, "UPDATE " + PER);
        assertThat(publication.send("test")).isEmpty();
    }

    @Test
    void aDestinationIsToldEverythingThatAnotherOneHasTaken() throws IOException {
        publication.send("test");
        fixture.memory.published(List.of(new Publication(PER, Set.of("10999010019"), Set.of())));
        MailboxPublication api = fixture.to("https://annuaire.example/fhir", MailboxPublicationTest::takeAll);

        assertThat(words(api.send("test"))).containsExactly("PUBLISH " + ORG, "UPDATE " + PER);
        assertThat(api.send("test")).isEmpty();
        assertThat(publication.send("test")).isEmpty();
    }

    @Test
    void aNewDestinationHearsOfAMailboxOnTheListeRougeOnlyWhereThePublicExtractShowsIt() throws IOException {
        publication.send("test");
        fixture.change(PER, "listeRouge", "true");
        MailboxPublication api = fixture.to("https://annuaire.example/fhir", MailboxPublicationTest::takeAll);

        assertThat(words(api.send("test"))).containsExactly("PUBLISH " + ORG);
        fixture.memory.published(List.of(new Publication(PER, Set.of("10999010019"), Set.of())));
        assertThat(words(api.send("test"))).containsExactly("WITHDRAW " + PER);
        assertThat(api.send("test")).isEmpty();
    }

    @Test
    void whatWasAcceptedBeforeAFailureIsNotSentAgain() throws IOException {
        MailboxPublication failing = fixture.to((orders, answers) -> {
            answers.take(orders.get(0), new PublicationAnswer.Accepted("200"));
            throw new IOException("the service stops");
        });

        assertThatThrownBy(() -> failing.send("test")).hasMessage("the service stops");
        assertThat(words(publication.send("test"))).containsExactly("PUBLISH " + PER);
    }

    @Test
    void aMailboxOnTheListeRougeNeverLeaves() throws IOException {
        List<String> left = new ArrayList<>();
        FhirPatch patch = new FhirPatch(FhirPatch.TypeForm.CONCEPT);
        fixture.to((orders, answers) -> {
                    orders.forEach(order -> left.add(FhirPatch.target(order.carrier()) + patch.body(order)));
                    new FilePublisher(folder.resolve("out"), Clock.systemUTC()).submit(orders, answers);
                })
                .send("test");
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.toList()) {
                left.add(Files.readString(file));
            }
        }

        assertThat(left)
                .hasSize(3)
                .as("neither the address nor the holder")
                .allSatisfy(text -> assertThat(text).doesNotContain("discret").doesNotContain("10999010035"));
    }

    @Test
    void aFileHoldsOneOrderALine() throws IOException {
        fixture.change(PER, "preferred", "2");
        fixture.to(new FilePublisher(folder.resolve("out"), Clock.systemUTC())).send("test");

        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files.toList()).singleElement().satisfies(file -> {
                assertThat(file.getFileName().toString()).matches("publication-\\d{8}T\\d{6}\\.\\d{3}Z\\.jsonl");
                assertThat(Files.readAllLines(file))
                        .containsExactly(
                                "{\"action\":\"PUBLISH\",\"address\":\"accueil@demo.mssante.fr\",\"type\":\"ORG\","
                                        + "\"structure\":\"1990000010\",\"description\":\"Boîte \\\"commune\\\"\","
                                        + "\"service\":\"Accueil\",\"responsable\":\"Mme Exemple\"}",
                                "{\"action\":\"PUBLISH\",\"address\":\"dr.o'hara@demo.mssante.fr\",\"type\":\"PER\","
                                        + "\"holder\":\"810999010019\",\"preferred\":2}");
            });
        }
    }

    private static void takeAll(List<PublicationOrder> orders, AnnuairePublisher.Answers answers) {
        orders.forEach(order -> answers.take(order, new PublicationAnswer.Accepted("200")));
    }

    private static List<String> words(List<MailboxPublication.Line> lines) {
        return lines.stream()
                .map(line -> line.order().action() + " " + line.order().address())
                .toList();
    }
}
