package org.mssante.dmp.store.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.Ins;
import org.mssante.dmp.store.registry.Registration.RegisteredDocument;
import org.mssante.dmp.store.sql.DocumentTable;
import org.mssante.dmp.store.sql.StoreDatabase;
import org.mssante.dmp.store.sql.StoredDocument;
import org.mssante.dmp.xds.ebxml.DocumentEntryWriter;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.SubmissionSet;
import org.mssante.dmp.xds.signature.SignatureCheck;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.xmldsig.Signers;

/** Submissions of several documents: all of one is registered, or nothing. */
class RegistrarTest {
    private static final Ins PATIENT = new Ins("258029999900145", Ins.NIR_TEST);
    private static final int MAX_OCTETS = 300_000;

    private StoreDatabase database;
    private Registrar registrar;

    @BeforeEach
    void open() {
        database = StoreDatabase.open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "store", "", 4);
        registrar = new Registrar(
                database,
                patient -> DmpState.ACTIVE,
                new RegistrationRules("1.2.3.999", MAX_OCTETS),
                new SignatureRule(
                        SignatureRule.Policy.OFF,
                        new SignatureCheck(new Signers(List.of(), Set.of()), Duration.ZERO, Clock.systemUTC())),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void registersEveryDocumentOfASubmission() {
        assertThat(documents(registrar.register(request("1.1", Map.of("9.1", bytes(1), "9.2", bytes(2))))))
                .extracting(RegisteredDocument::alreadyThere)
                .containsExactly(false, false);
        assertThat(stored("9.1")).isPresent();
        assertThat(stored("9.2")).isPresent();
    }

    @Test
    void oneRefusedDocumentTakesTheOthersOfItsSubmissionWithIt() {
        registrar.register(request("1.1", Map.of("9.3", bytes(1))));
        Map<String, byte[]> mixed = new LinkedHashMap<>();
        mixed.put("9.2", bytes(2));
        mixed.put("9.3", bytes(3));
        assertThat(error(registrar.register(request("1.2", mixed)))).isEqualTo(XdsError.NON_IDENTICAL_HASH);
        assertThat(stored("9.2")).isEmpty();
        mixed.remove("9.3");
        assertThat(documents(registrar.register(request("1.2", mixed)))).hasSize(1);
    }

    @Test
    void aSubmissionThatWasPartlyKnownAddsWhatIsNew() {
        registrar.register(request("1.1", Map.of("9.1", bytes(1))));
        Map<String, byte[]> both = new LinkedHashMap<>();
        both.put("9.1", bytes(1));
        both.put("9.2", bytes(2));
        assertThat(documents(registrar.register(request("1.2", both))))
                .extracting(RegisteredDocument::alreadyThere)
                .containsExactly(true, false);
    }

    @Test
    void acceptsADocumentOfTheLargestSizeAndRefusesOneOctetMore() {
        assertThat(documents(registrar.register(request("1.1", Map.of("9.1", new byte[MAX_OCTETS])))))
                .extracting(RegisteredDocument::size)
                .containsExactly((long) MAX_OCTETS);
        assertThat(error(registrar.register(request("1.2", Map.of("9.2", new byte[MAX_OCTETS + 1])))))
                .isEqualTo(XdsError.DOCUMENT_TOO_LARGE);
        assertThat(stored("9.2")).isEmpty();
    }

    @Test
    void aDocumentWithoutMetadataOrTheOtherWayRoundIsRefused() {
        SubmissionRequest whole = request("1.1", Map.of("9.1", bytes(1)));
        assertThat(error(registrar.register(
                        new SubmissionRequest(whole.objects(), whole.metadata(), Map.of(), whole.submitter()))))
                .isEqualTo(XdsError.MISSING_DOCUMENT);
        Map<String, DocumentContent> more = new LinkedHashMap<>(whole.contents());
        more.put("Other", () -> new ByteArrayInputStream(bytes(2)));
        assertThat(error(registrar.register(
                        new SubmissionRequest(whole.objects(), whole.metadata(), more, whole.submitter()))))
                .isEqualTo(XdsError.MISSING_DOCUMENT_METADATA);
    }

    @Test
    void anIdentifierLongerThanItsColumnIsRefusedAndNotTriedAgain() {
        assertThat(error(registrar.register(request("1.1", Map.of("9".repeat(257), bytes(1))))))
                .isEqualTo(XdsError.REPOSITORY_METADATA_ERROR);
        assertThat(documents(registrar.register(request("1.2", Map.of("9".repeat(256), bytes(1))))))
                .hasSize(1);
    }

    private Optional<StoredDocument> stored(String uniqueId) {
        return database.inTransaction(connection -> DocumentTable.byUniqueId(connection, uniqueId));
    }

    private static List<RegisteredDocument> documents(Registration registration) {
        assertThat(registration).isInstanceOf(Registration.Registered.class);
        return ((Registration.Registered) registration).documents();
    }

    private static XdsError error(Registration registration) {
        assertThat(registration).isInstanceOf(Registration.Refused.class);
        return ((Registration.Refused) registration).refusal().error();
    }

    private static byte[] bytes(int fill) {
        return new byte[] {(byte) fill};
    }

    private static SubmissionRequest request(String set, Map<String, byte[]> documents) {
        Cx patient = Cx.of(PATIENT);
        List<DocumentEntry> entries = documents.keySet().stream()
                .map(uniqueId -> DocumentEntry.builder(uniqueId, patient)
                        .id("Document-" + uniqueId.substring(0, Math.min(5, uniqueId.length())))
                        .build())
                .toList();
        Map<String, DocumentContent> contents = new LinkedHashMap<>();
        for (DocumentEntry entry : entries) {
            contents.put(entry.id(), () -> new ByteArrayInputStream(documents.get(entry.uniqueId())));
        }
        SubmissionSet submissionSet = new SubmissionSet(
                "SubmissionSet01",
                set,
                "1.2.3.8",
                patient,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new SubmissionRequest(
                SubmittedObjects.of(submissionSet, entries, List.of()),
                entries.stream().collect(Collectors.toMap(DocumentEntry::id, DocumentEntryWriter::write)),
                contents,
                "CN=test");
    }
}
