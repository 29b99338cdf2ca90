package org.mssante.dmp.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.tls.KeyMaterial;
import org.mssante.core.trace.Field;
import org.mssante.dmp.store.registry.SignatureRule;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.client.DmpClients;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;
import org.mssante.dmp.xds.iti41.Registered;
import org.mssante.dmp.xds.iti41.SignatureDocument;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.signature.SignatureStyle;
import org.mssante.dmp.xds.signature.SigningClient;
import org.mssante.dmp.xds.signature.SigningFailedException;
import org.mssante.dmp.xds.signature.SubmissionSigner;
import org.mssante.dmp.xds.signature.XadesForm;

/** Signatures of submissions on the wire: which submissions a store that asks for them registers. */
class SignatureTest {
    private static final byte[] CDA =
            "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">\u00e9</ClinicalDocument>".getBytes(StandardCharsets.UTF_8);
    private static final Code MASK = new Code("MASQUE_PS", "1.2.250.1.213.1.1.4.13", "");

    @TempDir
    static Path runDir;

    private static RunningStore store;
    private static DmpClients clients;
    private static ProvideAndRegisterClient dmp;

    @BeforeAll
    static void start() throws IOException {
        store = RunningStore.start(runDir.resolve("required"), SignatureRule.Policy.REQUIRED);
        clients = store.clients();
        dmp = clients.provideAndRegister();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSignedSubmissionIsRegisteredWithItsSignature(XadesForm form) throws IOException {
        String id = "1.2.3.60." + (form == XadesForm.V1_1_1 ? 1 : 2);
        Submission signed = sign(form, "sign/bridge", id);
        assertThat(dmp.submit(signed)).isEqualTo(new Answer.Given<>(new Registered(false)));

        String signatureId = signed.signature().orElseThrow().entry().uniqueId();
        assertThat(clients.registry().getDocuments(signatureId, Optional.empty()))
                .isInstanceOfSatisfying(Answer.Given.class, given -> {
                    DocumentEntry entry = (DocumentEntry) ((List<?>) given.value()).get(0);
                    assertThat(entry.typeCode()).contains(new Code("E1762", "ASTM", "Full Document"));
                    assertThat(entry.confidentialityCodes())
                            .extracting(Code::code)
                            .containsExactly("N", "MASQUE_PS");
                });
        assertThat(retrieved(id)).isEqualTo(CDA);
        assertThat(retrieved(signatureId))
                .isEqualTo(signed.signature().orElseThrow().content().open().readAllBytes());
    }

    @Test
    void anUnsignedSubmissionIsRefusedAndTraced() throws IOException {
        assertRefused("MSSSignatureMissing", dmp.submit(submission("1.2.3.61.1", CDA)), "1.2.3.61.1");
        assertThat(store.trace()).anySatisfy(line -> {
            assertThat(line.outcome()).contains(Outcome.SIGNATURE_REFUSED);
            assertThat(line.get(Field.DOCUMENT_ID)).contains("1.2.3.61.1");
        });
    }

    @Test
    void aDocumentChangedOnItsWayIsRefused() throws IOException {
        Submission signed = sign(XadesForm.V1_1_1, "sign/bridge", "1.2.3.61.2");
        byte[] changed =
                "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">e</ClinicalDocument>".getBytes(StandardCharsets.UTF_8);
        Submission other = Submission.of(
                        signed.submissionSet(), signed.entry(), () -> new ByteArrayInputStream(changed))
                .signed(signed.signature().orElseThrow());
        assertRefused("MSSSignatureManifest", dmp.submit(other), "1.2.3.61.2");
    }

    @Test
    void aForeignSignerIsRefused() throws IOException {
        assertRefused(
                "MSSSignatureCertificate", dmp.submit(sign(XadesForm.V1_1_1, "bridge", "1.2.3.61.3")), "1.2.3.61.3");
    }

    @Test
    void theSignatureOfAnotherSubmissionIsRefused() throws IOException {
        Submission other = submission("1.2.3.61.4", CDA)
                .signed(sign(XadesForm.V1_1_1, "sign/bridge", "1.2.3.61.5")
                        .signature()
                        .orElseThrow());
        assertRefused("MSSSignatureManifest", dmp.submit(other), "1.2.3.61.4");
    }

    @Test
    void somethingElseInPlaceOfASignatureIsRefused() throws IOException {
        Submission signed = sign(XadesForm.V1_1_1, "sign/bridge", "1.2.3.61.6");
        Submission other = signed.signed(
                new SignatureDocument(signed.signature().orElseThrow().entry(), () -> new ByteArrayInputStream(CDA)));
        assertRefused("MSSSignatureMalformed", dmp.submit(other), "1.2.3.61.6");
    }

    @Test
    void aSignatureWhoseValueIsWrongIsRefused() throws IOException {
        Submission signed = sign(XadesForm.V1_1_1, "sign/bridge", "1.2.3.61.7");
        String xml =
                new String(signed.signature().orElseThrow().content().open().readAllBytes(), StandardCharsets.UTF_8);
        byte[] later =
                xml.replaceFirst("<xad:SigningTime>20", "<xad:SigningTime>19").getBytes(StandardCharsets.UTF_8);
        Submission other = signed.signed(
                new SignatureDocument(signed.signature().orElseThrow().entry(), () -> new ByteArrayInputStream(later)));
        assertRefused("MSSSignatureInvalid", dmp.submit(other), "1.2.3.61.7");
    }

    /** After a lost answer: the document that is registered decides, which the registry shows. */
    @Test
    void aSubmissionThatIsSignedAgainFilesItsDocumentOnce() throws IOException {
        Submission submission = submission("1.2.3.62.1", CDA);
        ProvideAndRegisterClient signing = new SigningClient(dmp, signer(XadesForm.V1_1_1, "sign/bridge"));
        assertThat(signing.submit(submission)).isEqualTo(new Answer.Given<>(new Registered(false)));
        assertThat(signing.submit(submission))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.errorCode()).isEqualTo("XDSDuplicateUniqueIdInRegistry"));
        assertThat(retrieved("1.2.3.62.1")).isEqualTo(CDA);
    }

    @Test
    void whereOnlyThoseThatAreThereAreLookedAtASubmissionNeedsNoneButAWrongOneIsRefused() throws IOException {
        try (RunningStore lenient = RunningStore.start(runDir.resolve("present"), SignatureRule.Policy.PRESENT)) {
            ProvideAndRegisterClient filing = lenient.clients().provideAndRegister();
            assertThat(filing.submit(submission("1.2.3.63.1", CDA))).isInstanceOf(Answer.Given.class);
            assertThat(filing.submit(sign(XadesForm.V1_1_1, "bridge", "1.2.3.63.2")))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.errorCode()).isEqualTo("MSSSignatureCertificate"));
        }
    }

    private static Submission submission(String uniqueId, byte[] bytes) {
        return SampleSubmission.of(RunningStore.ACTIVE, uniqueId, bytes);
    }

    private static Submission sign(XadesForm form, String key, String uniqueId) {
        try {
            return signer(form, key).sign(submission(uniqueId, CDA));
        } catch (SigningFailedException e) {
            throw new AssertionError(e);
        }
    }

    private static SubmissionSigner signer(XadesForm form, String key) {
        return new SubmissionSigner(
                KeyMaterial.load(TestPki.folder().resolve(key)),
                new SignatureStyle(form, SignatureStyle.Digest.SHA256, List.of(MASK)),
                Clock.systemUTC());
    }

    private static byte[] retrieved(String uniqueId) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        assertThat(clients.retrieve().retrieve(uniqueId, sink)).isInstanceOf(Answer.Given.class);
        return sink.toByteArray();
    }

    private static void assertRefused(String code, Answer<?> answer, String uniqueId) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.errorCode()).isEqualTo(code));
        assertThat(clients.registry().getDocuments(uniqueId, Optional.empty()))
                .isEqualTo(new Answer.Given<>(List.of()));
    }
}
