package org.mssante.dmp.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.trace.Field;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.soap.DmpPath;
import org.mssante.dmp.xds.td02.DmpState;

/** Who gets in, and what a message on the wire may be. */
class AccessTest {
    @TempDir
    static Path runDir;

    private static RunningStore store;

    @BeforeAll
    static void start() throws IOException {
        store = RunningStore.start(runDir, DmpState.ACTIVE);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void aClientWithoutCertificateGetsNoConnection() {
        Answer<DmpState> answer =
                store.clients(TestPki.clientWithoutCertificate()).existence().state(RunningStore.ACTIVE);
        assertThat(answer).isInstanceOf(Answer.Unavailable.class);
    }

    @Test
    void aClientOfTheSameAuthorityThatIsNotConfiguredIsTurnedAwayAndTraced() throws IOException {
        Answer<DmpState> answer =
                store.clients(TestPki.client("operator")).existence().state(RunningStore.ACTIVE);
        assertThat(answer).isInstanceOf(Answer.Unavailable.class);
        assertThat(store.trace())
                .anySatisfy(
                        line -> assertThat(line.get(Field.CERTIFICATE_SUBJECT).orElse(""))
                                .startsWith("CN=smtp.demo.mssante.fr"));
    }

    @Test
    void aPatientNobodyKnowsHasTheConfiguredState() {
        Answer<DmpState> answer = store.clients().existence().state(RunningStore.ABSENT);
        assertThat(answer).isEqualTo(new Answer.Given<>(DmpState.ACTIVE));
    }

    @Test
    void aStoreThatDoesNotRunIsUnavailable() throws IOException {
        int freePort;
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }
        try (org.mssante.dmp.xds.client.DmpClients clients = new org.mssante.dmp.xds.client.DmpClients(
                RunningStore.connection(freePort, TestPki.client("bridge"), runDir), java.time.Clock.systemUTC())) {
            assertThat(clients.registry().findDocuments(RunningStore.ACTIVE)).isInstanceOf(Answer.Unavailable.class);
        }
    }

    @Test
    void aDtdInAMessageIsRefused() throws Exception {
        String dtd = "<!DOCTYPE x [<!ENTITY a \"urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d\">]>";
        HttpResponse<String> response = post(DmpPath.REGISTRY, dtd + query("&a;", "", "LeafClass"));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("Fault").doesNotContain("AdhocQueryResponse");
        HttpResponse<String> unused = post(
                DmpPath.REGISTRY,
                "<!DOCTYPE x>" + query("urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d", "", "LeafClass"));
        assertThat(unused.body()).contains("Fault").doesNotContain("AdhocQueryResponse");
    }

    @Test
    void aFaultShowsNothingOfTheInside() throws Exception {
        HttpResponse<String> response = post(DmpPath.REGISTRY, "<not xml");
        assertThat(response.statusCode()).isBetween(400, 500);
        assertThat(response.body()).doesNotContain("at org.", ".java:");
    }

    @Test
    void aStoredQueryTheStoreDoesNotKnowIsNamedAsSuch() throws Exception {
        HttpResponse<String> response = post(
                DmpPath.REGISTRY,
                query(
                        "urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9",
                        slot("$XDSSubmissionSetPatientId", "'x'"),
                        "LeafClass"));
        assertThat(response.body()).contains("XDSUnknownStoredQuery");
    }

    @Test
    void aQueryMayReturnReferencesOnly() throws Exception {
        store.clients().provideAndRegister().submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.20.1", new byte[] {1
        }));
        String slots = slot("$XDSDocumentEntryUniqueId", "('1.2.3.20.1','1.2.3.20.2')");
        HttpResponse<String> response =
                post(DmpPath.REGISTRY, query("urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4", slots, "ObjectRef"));
        assertThat(response.body()).contains("ObjectRef").contains("urn:uuid:").doesNotContain("ExtrinsicObject");
    }

    @Test
    void searchesByStatusAndByFilter() throws Exception {
        store.clients().provideAndRegister().submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.21.1", new byte[] {2
        }));
        String who = slot(
                "$XDSDocumentEntryPatientId", "'" + RunningStore.ACTIVE.cx().replace("&", "&amp;") + "'");
        String approved = slot(
                "$XDSDocumentEntryStatus",
                "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved','urn:asip:ci-sis:2010:StatusType:Archived')");
        String deprecated =
                slot("$XDSDocumentEntryStatus", "('urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated')");
        String type = slot("$XDSDocumentEntryTypeCode", "('11502-2^^2.16.840.1.113883.6.1','x^^y')");
        String otherType = slot("$XDSDocumentEntryTypeCode", "('x^^y')");
        String from = slot("$XDSDocumentEntryCreationTimeFrom", "20261119");
        String to = slot("$XDSDocumentEntryCreationTimeTo", "20261119");
        assertThat(find(who + approved)).contains("1.2.3.21.1");
        assertThat(find(who + approved + type + from)).contains("1.2.3.21.1");
        assertThat(find(who + approved + otherType))
                .doesNotContain("1.2.3.21.1")
                .contains("Success");
        assertThat(find(who + approved + to)).doesNotContain("1.2.3.21.1").contains("Success");
        assertThat(find(who + deprecated)).doesNotContain("1.2.3.21.1").contains("Success");
        assertThat(find(who)).contains("XDSStoredQueryMissingParam");
        assertThat(find(who + approved + slot("$XDSDocumentEntryAuthorPerson", "('%')")))
                .contains("XDSStoredQueryParamNumber");
        assertThat(find(who + approved + slot("$XDSDocumentEntryTypeCode", "(x)")))
                .contains("XDSStoredQueryParamNumber");
    }

    private static String find(String slots) throws Exception {
        return post(DmpPath.REGISTRY, query("urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d", slots, "LeafClass"))
                .body();
    }

    private static String slot(String name, String value) {
        return "<r:Slot name='" + name + "'><r:ValueList><r:Value>" + value + "</r:Value></r:ValueList></r:Slot>";
    }

    private static String query(String id, String slots, String returnType) {
        return """
                <e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope' xmlns:r='urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0'>
                 <e:Body><q:AdhocQueryRequest xmlns:q='urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0'>
                  <q:ResponseOption returnComposedObjects='true' returnType='%s'/>
                  <r:AdhocQuery id='%s'>%s</r:AdhocQuery></q:AdhocQueryRequest></e:Body></e:Envelope>
                """.formatted(returnType, id, slots);
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        SSLContext tls = TestPki.client("bridge");
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(store.services() + path))
                .header("Content-Type", "application/soap+xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
