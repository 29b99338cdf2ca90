package org.mssante.annuaire.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.annuaire.publish.PublicationFixture.ORG;
import static org.mssante.annuaire.publish.PublicationFixture.PER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.certs.SharedPki;
import org.mssante.core.fetch.TestProxy;
import org.mssante.core.fetch.WebProxy;
import org.mssante.core.id.Rpps;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.tls.PemFiles;
import org.mssante.core.tls.TlsContexts;

/** Orders go to a real HTTPS server, in the form of the draft API. */
final class FhirPublisherTest {
    private static final String METADATA =
            "https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** What the server was asked. */
    private record Call(String method, String query, String key, String contentType, JsonNode body) {
        JsonNode part(String name) {
            for (JsonNode part : body.at("/parameter/0/part")) {
                if (part.path("name").asText().equals(name)) {
                    return part;
                }
            }
            throw new AssertionError("no part " + name + " in " + body);
        }
    }

    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private int status = 200;
    /** Calls that end in 500, the first ones. */
    private int failing;

    private String answer = "{\"resourceType\":\"Practitioner\"}";
    private Optional<WebProxy> proxy = Optional.empty();
    private HttpsServer server;
    private PublicationFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new PublicationFixture(folder.resolve("data"));
        Path certs = SharedPki.folder();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(TlsContexts.mutual(
                KeyMaterial.load(certs.resolve("operator")), PemFiles.certificatesOfFolder(certs.resolve("anchors")))));
        server.createContext("/fhir/v2", this::serve);
        server.start();
        Files.writeString(folder.resolve("api.key"), "the-key\n", StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() {
        server.stop(0);
        fixture.close();
    }

    @Test
    void publishesByAConditionalPatchThatInsertsATelecom() throws IOException {
        List<MailboxPublication.Line> lines = send(true);

        assertThat(lines)
                .extracting(MailboxPublication.Line::answer)
                .allSatisfy(said -> assertThat(said).isInstanceOf(PublicationAnswer.Accepted.class));
        Call org = calls.get(0);
        assertThat(org.method()).isEqualTo("PATCH");
        assertThat(org.query()).isEqualTo("/fhir/v2/Organization?identifier=https://finess.esante.gouv.fr|990000010");
        assertThat(org.key()).isEqualTo("the-key");
        assertThat(org.contentType()).isEqualTo("application/fhir+json");
        assertThat(org.body().path("resourceType").asText()).isEqualTo("Parameters");
        assertThat(org.part("type").path("valueCode").asText()).isEqualTo("insert");
        assertThat(org.part("path").path("valueString").asText()).isEqualTo("Organization.telecom");
        assertThat(org.part("index").path("valueInteger").asInt(-1)).isZero();
        JsonNode point = org.part("value").path("valueContactPoint");
        assertThat(point.path("system").asText()).isEqualTo("email");
        assertThat(point.path("value").asText()).isEqualTo(ORG.toString());
        assertThat(point.at("/extension/0/valueCoding/code").asText()).isEqualTo("MSSANTE");
        JsonNode metadata = point.at("/extension/1");
        assertThat(metadata.path("url").asText()).isEqualTo(METADATA);
        assertThat(metadata.path("extension").findValuesAsText("url"))
                .containsExactly("type", "description", "service", "responsible", "listeRouge");
        assertThat(metadata.at("/extension/0/valueCodeableConcept/coding/0/code")
                        .asText())
                .isEqualTo("ORG");
        assertThat(metadata.at("/extension/1/valueString").asText()).isEqualTo("Boîte \"commune\"");
        assertThat(metadata.at("/extension/4/valueBoolean").isBoolean()).isTrue();

        Call per = calls.get(1);
        assertThat(per.query()).isEqualTo("/fhir/v2/Practitioner?identifier=urn:oid:1.2.250.1.71.4.2.1|810999010019");
        assertThat(per.part("value")
                        .at("/valueContactPoint/extension/1/extension")
                        .findValuesAsText("url"))
                .as("a PER has neither description nor service nor responsable")
                .containsExactly("type", "listeRouge");
    }

    @Test
    void saysHowMuchAMailboxIsPreferredWhereThatIsKnown() throws IOException {
        fixture.change(ORG, "preferred", "1");
        send(true);

        assertThat(calls.get(0).part("value").at("/valueContactPoint/rank").isInt())
                .isTrue();
        assertThat(calls.get(0).part("value").at("/valueContactPoint/rank").asInt())
                .isEqualTo(1);
        assertThat(calls.get(1).part("value").at("/valueContactPoint/rank").isMissingNode())
                .isTrue();
    }

    @Test
    void writesTheTypeAsACodeWhereTheServerWantsIt() throws IOException {
        send(false);

        assertThat(calls.get(0)
                        .part("value")
                        .at("/valueContactPoint/extension/1/extension/0/valueCode")
                        .asText())
                .isEqualTo("ORG");
    }

    @Test
    void replacesAndDeletesTheTelecomOfThatAddress() throws IOException {
        send(true);
        calls.clear();
        fixture.change(ORG, "description", "Autre");
        fixture.change(PER, "state", "CLOSED");
        send(true);

        assertThat(calls.get(0).part("type").path("valueCode").asText())
                .as("what must go goes first")
                .isEqualTo("delete");
        assertThat(calls.get(0).part("path").path("valueString").asText())
                .as("an apostrophe of an address does not end the text of FHIRPath")
                .isEqualTo("Practitioner.telecom.where(value = 'dr.o\\'hara@demo.mssante.fr')");
        assertThat(calls.get(0).body().at("/parameter/0/part")).hasSize(2);
        assertThat(calls.get(1).part("type").path("valueCode").asText()).isEqualTo("replace");
        assertThat(calls.get(1).part("path").path("valueString").asText())
                .isEqualTo("Organization.telecom.where(value = 'accueil@demo.mssante.fr')");
    }

    @Test
    void namesAStructureWithoutFinessByItsNationalIdentifier() throws IOException {
        fixture.change(ORG, "structure", "399900100100018");
        send(true);

        assertThat(calls.get(0).query())
                .isEqualTo("/fhir/v2/Organization?identifier=urn:oid:1.2.250.1.71.4.2.2|399900100100018");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 412, 422})
    void goesOnWhereOneIsRefused(int refusal) throws IOException {
        status = refusal;
        answer = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"diagnostics\":\"several match\"}]}";

        assertThat(send(true))
                .extracting(MailboxPublication.Line::answer)
                .containsOnly(new PublicationAnswer.Refused(refusal + " several match"));
        assertThat(calls).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429})
    void leavesTheRestForLaterWhereTheServerWantsNothing(int refusal) throws IOException {
        status = refusal;
        answer = "Too many";

        assertThat(send(true))
                .extracting(MailboxPublication.Line::answer)
                .containsExactly(
                        new PublicationAnswer.Later(refusal + " (not JSON)"),
                        new PublicationAnswer.Later("not tried: " + refusal + " (not JSON)"));
        assertThat(calls).hasSize(1);
    }

    @Test
    void oneOrderThatTheServerFailsAtDoesNotKeepTheOthers() throws IOException {
        failing = 1;

        assertThat(send(true))
                .extracting(MailboxPublication.Line::answer)
                .containsExactly(new PublicationAnswer.Later("500"), new PublicationAnswer.Accepted("200"));
    }

    @Test
    void leavesTheRestForLaterWhereTheServerFailsAgainAndAgain() throws IOException {
        status = 503;
        List<PublicationAnswer> answers = new ArrayList<>();
        PublicationOrder order =
                new PublicationOrder.Withdraw(PER, MailboxType.PER, new Carrier.Person(new Rpps("10999010019")));

        publisher(true).submit(Collections.nCopies(5, order), (one, said) -> answers.add(said));

        assertThat(calls).hasSize(3);
        assertThat(answers)
                .containsExactly(
                        new PublicationAnswer.Later("503"),
                        new PublicationAnswer.Later("503"),
                        new PublicationAnswer.Later("503"),
                        new PublicationAnswer.Later("not tried: 503"),
                        new PublicationAnswer.Later("not tried: 503"));
    }

    @Test
    void wordsOfTheServerAreOneLineThatMovesNoCursor() throws IOException {
        status = 422;
        answer = "{\"issue\":[{\"diagnostics\":\"one\\r\\ntwo\\u001b[31m\\u202ethree\"}]}";

        assertThat(send(true))
                .extracting(MailboxPublication.Line::answer)
                .containsOnly(new PublicationAnswer.Refused("422 one two [31m three"));
    }

    @Test
    void triesLaterWhereNobodyAnswers() throws IOException {
        server.stop(0);

        assertThat(send(true)).extracting(MailboxPublication.Line::answer).allSatisfy(said -> {
            assertThat(said).isInstanceOf(PublicationAnswer.Later.class);
            assertThat(said.words()).contains("127.0.0.1").doesNotContain("null");
        });
    }

    @Test
    void sendsNothingWithoutItsKey() throws IOException {
        Files.delete(folder.resolve("api.key"));

        assertThatThrownBy(() -> send(true)).isInstanceOf(NoSuchFileException.class);
        assertThat(calls).isEmpty();
    }

    @Test
    void sendsThroughAProxyThatAsksWhoWeAre() throws IOException {
        try (TestProxy between = TestProxy.asking("Basic c2VzYW1l")) {
            proxy = Optional.of(new WebProxy(between.address(), Optional.of("Basic c2VzYW1l")));

            assertThat(send(true))
                    .extracting(MailboxPublication.Line::answer)
                    .allSatisfy(said -> assertThat(said).isInstanceOf(PublicationAnswer.Accepted.class));
            assertThat(between.asked())
                    .isNotEmpty()
                    .allMatch(("CONNECT 127.0.0.1:" + server.getAddress().getPort())::equals);
        }
    }

    private List<MailboxPublication.Line> send(boolean typeAsConcept) throws IOException {
        return fixture.to(publisher(typeAsConcept)).send("test");
    }

    private FhirPublisher publisher(boolean typeAsConcept) {
        URI base = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/fhir/v2");
        return new FhirPublisher(new FhirPublisher.Configuration(
                base,
                folder.resolve("api.key"),
                Optional.empty(),
                SharedPki.folder().resolve("anchors"),
                proxy,
                Duration.ofSeconds(20),
                Duration.ZERO,
                typeAsConcept));
    }

    private void serve(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        calls.add(new Call(
                exchange.getRequestMethod(),
                uri.getPath() + "?" + uri.getQuery(),
                exchange.getRequestHeaders().getFirst("ESANTE-API-KEY"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                JSON.readTree(exchange.getRequestBody())));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(calls.size() <= failing ? 500 : status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
