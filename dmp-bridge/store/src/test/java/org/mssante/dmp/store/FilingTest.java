package org.mssante.dmp.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.Ins;
import org.mssante.core.trace.Field;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;
import org.mssante.dmp.xds.iti41.Registered;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.iti43.RetrieveClient;
import org.mssante.dmp.xds.iti43.RetrievedDocument;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.td02.ExistenceClient;

/** Real clients against a real store over HTTPS. */
class FilingTest {
    private static final byte[] BYTES =
            "<ClinicalDocument>\r\n é \u0000</ClinicalDocument>".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path runDir;

    private static RunningStore store;
    private static ProvideAndRegisterClient filing;
    private static RegistryClient registry;
    private static RetrieveClient repository;
    private static ExistenceClient existence;

    @BeforeAll
    static void start() throws IOException {
        store = RunningStore.start(runDir);
        filing = store.clients().provideAndRegister();
        registry = store.clients().registry();
        repository = store.clients().retrieve();
        existence = store.clients().existence();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void aFiledDocumentIsFoundAndComesBackByteForByte() throws IOException {
        Submission submission = SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.1.1", BYTES);

        assertThat(filing.submit(submission)).isEqualTo(new Answer.Given<>(new Registered(false)));

        DocumentEntry found = find(RunningStore.ACTIVE, "1.2.3.1.1");
        assertThat(found.hash()).contains(Hash.sha1(BYTES));
        assertThat(found.size()).hasValue(BYTES.length);
        assertThat(found.repositoryId()).contains(RunningStore.REPOSITORY);
        assertThat(found.availability()).contains(Availability.APPROVED);
        assertThat(found.id()).startsWith("urn:uuid:");
        assertThat(found.authors()).isEqualTo(submission.entry().authors());
        assertThat(found.title()).isEqualTo(submission.entry().title());
        assertThat(found.patientId().text()).isEqualTo(RunningStore.ACTIVE.cx());

        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        assertThat(repository.retrieve("1.2.3.1.1", sink))
                .isEqualTo(new Answer.Given<>(
                        new RetrievedDocument("1.2.3.1.1", "text/xml", BYTES.length, Hash.sha1(BYTES))));
        assertThat(sink.toByteArray()).isEqualTo(BYTES);
    }

    @Test
    void theSameDocumentAgainIsASuccessWithoutASecondEntry() {
        Submission submission = SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.2.1", BYTES);
        filing.submit(submission);

        assertThat(filing.submit(submission)).isEqualTo(new Answer.Given<>(new Registered(true)));
        assertThat(filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.2.1", BYTES)))
                .isEqualTo(new Answer.Given<>(new Registered(true)));
        assertThat(given(registry.getDocuments("1.2.3.2.1", Optional.empty()))).hasSize(1);
    }

    @RepeatedTest(20)
    void theSameDocumentFromManyThreadsIsRegisteredOnce(RepetitionInfo round) throws Exception {
        String uniqueId = "1.2.3.3." + round.getCurrentRepetition();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            Callable<Answer<Registered>> submit =
                    () -> filing.submit(SampleSubmission.of(RunningStore.ACTIVE, uniqueId, BYTES));
            List<Future<Answer<Registered>>> answers = threads.invokeAll(
                    IntStream.range(0, 6).mapToObj(i -> submit).toList());
            int added = 0;
            for (Future<Answer<Registered>> answer : answers) {
                added += given(answer.get()).alreadyThere() ? 0 : 1;
            }
            assertThat(added).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void otherBytesUnderTheSameUniqueIdAreRefused() throws IOException {
        filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.4.1", BYTES));
        assertRefused(
                "XDSNonIdenticalHash",
                filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.4.1", new byte[] {1})));
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        repository.retrieve("1.2.3.4.1", sink);
        assertThat(sink.toByteArray()).isEqualTo(BYTES);
    }

    @Test
    void onlyAnActiveDmpIsFed() {
        assertRefused(
                "XDSUnknownPatientId", filing.submit(SampleSubmission.of(RunningStore.ABSENT, "1.2.3.5.1", BYTES)));
        assertRefused("MSSDmpClosed", filing.submit(SampleSubmission.of(RunningStore.CLOSED, "1.2.3.5.2", BYTES)));
        assertRefused(
                "MSSPatientOpposed", filing.submit(SampleSubmission.of(RunningStore.OPPOSED, "1.2.3.5.3", BYTES)));
        for (int i = 1; i <= 3; i++) {
            assertThat(given(registry.getDocuments("1.2.3.5." + i, Optional.empty())))
                    .isEmpty();
        }
    }

    @Test
    void theTestOfExistenceGivesTheStateOfTheDmp() {
        assertThat(given(existence.state(RunningStore.ACTIVE))).isEqualTo(DmpState.ACTIVE);
        assertThat(given(existence.state(RunningStore.ABSENT))).isEqualTo(DmpState.ABSENT);
        assertThat(given(existence.state(RunningStore.CLOSED))).isEqualTo(DmpState.CLOSED);
        assertThat(given(existence.state(RunningStore.OPPOSED))).isEqualTo(DmpState.OPPOSED);
    }

    @Test
    void aChangeOfThePatientsFileTakesEffectWithoutRestart() throws IOException {
        Ins patient = new Ins("171119999900589", Ins.NIR_TEST);
        assertThat(given(existence.state(patient))).isEqualTo(DmpState.ABSENT);
        String before = Files.readString(store.patientsFile(), StandardCharsets.UTF_8);
        Files.writeString(store.patientsFile(), before + RunningStore.line(patient, "active"), StandardCharsets.UTF_8);
        Files.setLastModifiedTime(
                store.patientsFile(), java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 5_000));
        assertThat(given(existence.state(patient))).isEqualTo(DmpState.ACTIVE);
    }

    @Test
    void aReplacementDeprecatesThePreviousVersionAndMayBeSentTwice() {
        filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.6.1", BYTES));
        String old = find(RunningStore.ACTIVE, "1.2.3.6.1").id();
        Submission replacement = SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.6.2", new byte[] {2})
                .replacing(old);

        assertThat(given(filing.submit(replacement)).alreadyThere()).isFalse();
        assertThat(given(filing.submit(replacement)).alreadyThere()).isTrue();

        assertThat(uniqueIds(RunningStore.ACTIVE)).contains("1.2.3.6.2").doesNotContain("1.2.3.6.1");
        assertThat(given(registry.getDocuments("1.2.3.6.1", Optional.empty()))
                        .get(0)
                        .availability())
                .contains(Availability.DEPRECATED);
        assertRefused(
                "XDSRegistryDeprecatedDocumentError",
                filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.6.3", BYTES)
                        .replacing(old)));
        assertThat(given(registry.getDocuments("1.2.3.6.3", Optional.empty()))).isEmpty();
    }

    @Test
    void aReplacementOfAnUnknownDocumentLeavesNothingBehind() {
        assertRefused(
                "XDSRepositoryMetadataError",
                filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.7.1", BYTES)
                        .replacing("urn:uuid:00000000-0000-0000-0000-000000000000")));
        assertThat(given(registry.getDocuments("1.2.3.7.1", Optional.empty()))).isEmpty();
    }

    @Test
    void aHashThatIsNotTheDocumentsIsRefused() {
        DocumentEntry entry = SampleSubmission.entry(RunningStore.ACTIVE, "1.2.3.8.1").toBuilder()
                .hash(Hash.sha1(new byte[] {9}))
                .build();
        assertRefused(
                "XDSRepositoryMetadataError",
                filing.submit(SampleSubmission.of(entry, () -> new java.io.ByteArrayInputStream(BYTES))));
    }

    @Test
    void anEmptyDocumentIsRefused() {
        assertRefused(
                "XDSRepositoryMetadataError",
                filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.9.1", new byte[0])));
    }

    @Test
    void aSubmissionSetIsNotUsedTwice() {
        Submission first = SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.10.1", BYTES);
        filing.submit(first);
        Submission second = SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.10.2", BYTES);
        assertRefused(
                "XDSDuplicateUniqueIdInRegistry",
                filing.submit(Submission.of(first.submissionSet(), second.entry(), second.content())));
    }

    @Test
    void theDocumentsOfASubmissionAreOfOnePatient() {
        Submission one = SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.11.1", BYTES);
        Submission other = SampleSubmission.of(RunningStore.OPPOSED, "1.2.3.11.1", BYTES);
        assertRefused(
                "XDSPatientIdDoesNotMatch",
                filing.submit(Submission.of(other.submissionSet(), one.entry(), one.content())));
    }

    @Test
    void anUnknownDocumentIsNotRead() throws IOException {
        assertRefused("XDSDocumentUniqueIdError", repository.retrieve("1.2.3.404", new ByteArrayOutputStream()));
    }

    @Test
    void everyRequestLeavesALineInTheJournalWithItsActor() throws IOException {
        filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.12.1", BYTES));
        filing.submit(SampleSubmission.of(RunningStore.OPPOSED, "1.2.3.12.2", BYTES));
        repository.retrieve("1.2.3.12.1", new ByteArrayOutputStream());
        assertThat(store.trace().stream()
                        .filter(line -> line.get(Field.DOCUMENT_ID).orElse("").startsWith("1.2.3.12."))
                        .map(line -> line.event() + " " + line.values().getOrDefault("code", ""))
                        .collect(Collectors.toList()))
                .containsExactly("STORE_REGISTERED MSS-D01", "STORE_REFUSED MSS-D12", "STORE_READ ");
        assertThat(store.trace().stream().filter(line -> !line.event().equals("SERVICE_STARTED")))
                .allMatch(line -> line.get(Field.ACTOR).orElse("").startsWith("CN="));
    }

    @Test
    void nothingIsLeftInTheSpool() throws IOException {
        byte[] large = new byte[300_000];
        filing.submit(SampleSubmission.of(RunningStore.ACTIVE, "1.2.3.13.1", large));
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        repository.retrieve("1.2.3.13.1", sink);
        assertThat(sink.toByteArray()).isEqualTo(large);
        try (Stream<Path> left = Files.list(store.spool())) {
            assertThat(left).isEmpty();
        }
        try (Stream<Path> left = Files.list(runDir)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("store", "patients.csv");
        }
    }

    private static DocumentEntry find(Ins patient, String uniqueId) {
        return given(registry.findDocuments(patient)).stream()
                .filter(entry -> entry.uniqueId().equals(uniqueId))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> uniqueIds(Ins patient) {
        return given(registry.findDocuments(patient)).stream()
                .map(DocumentEntry::uniqueId)
                .toList();
    }

    private static <T> T given(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Given.class);
        return ((Answer.Given<T>) answer).value();
    }

    private static void assertRefused(String code, Answer<?> answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.errorCode()).isEqualTo(code));
    }
}
