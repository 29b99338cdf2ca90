package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.dmp.bridge.filing.Reports.NEXT_ID;
import static org.mssante.dmp.bridge.filing.Reports.bare;
import static org.mssante.dmp.bridge.filing.Reports.codes;
import static org.mssante.dmp.bridge.filing.Reports.ofAnotherPatient;
import static org.mssante.dmp.bridge.filing.Reports.replacing;
import static org.mssante.dmp.bridge.filing.Reports.version;
import static org.mssante.dmp.bridge.filing.Reports.withoutSet;
import static org.mssante.dmp.bridge.filing.Reports.withoutVersion;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.extract.DocumentBytes;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.ledger.Claimed;
import org.mssante.dmp.bridge.ledger.Delivery;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.FiledVersion;
import org.mssante.dmp.bridge.ledger.FilingLocks;
import org.mssante.dmp.bridge.ledger.FoundDocument;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;
import org.mssante.dmp.bridge.ledger.PersonDecision;
import org.mssante.dmp.bridge.ledger.Worker;
import org.mssante.dmp.cda.SenderMetadata;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.td02.DmpState;

/** How mails become filed documents, whatever database keeps the ledger. */
abstract class FilingContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    FakeDmp dmp = new FakeDmp();

    /** Opens the database of this test, the same one each time. */
    abstract LedgerDatabase open();

    @Test
    void filesTheDocumentOfAMailAndTracesEachStep() {
        try (TestBridge bridge = bridge(NOW)) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(bridge.outcomes(mail))
                    .extracting(DocumentOutcome::outcome)
                    .containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.documentIds()).containsExactly(Samples.DOCUMENT_ID);
            assertThat(bridge.traced())
                    .extracting(TraceEntry::event)
                    .containsExactly(Event.DOCUMENT_EXTRACTED, Event.CONSENT_DECIDED, Event.DOCUMENT_FILED);
            assertThat(bridge.traced())
                    .allSatisfy(entry -> assertThat(entry.fields())
                            .containsEntry(Field.MESSAGE_ID, "test-1@demo.mssante.fr")
                            .containsEntry(Field.DOCUMENT_ID, Samples.DOCUMENT_ID));
        }
    }

    @Test
    void keepsTheSameMailOnce() {
        try (TestBridge bridge = bridge(NOW)) {
            Delivery first = bridge.accept(Samples.mailWithPackage());
            Delivery second = bridge.accept(Samples.mailWithPackage());

            assertThat(second.known()).isTrue();
            assertThat(second.id()).isEqualTo(first.id());
        }
    }

    @Test
    void theSameDocumentInAnotherMailIsASuccessAndNotFiledAgain() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            Delivery again = bridge.accept(bare("<again@x>", Samples.reportText()));
            bridge.work();

            assertThat(codes(bridge, again)).containsExactly(Outcome.DOCUMENT_ALREADY_FILED);
            assertThat(dmp.submissions()).isEqualTo(1);
        }
    }

    /** Nothing here changes what the DMP holds: the sender must know that his mask is not in force. */
    @Test
    void aCopyThatAsksForAMaskOnceTheDocumentIsFiledIsRefused() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            Delivery masked = bridge.accept(Samples.mailWithPackage(Samples.maskedPackageFiles()));
            bridge.work();

            assertThat(codes(bridge, masked)).containsExactly(Outcome.MASKS_DIFFER);
            assertThat(dmp.submissions()).isEqualTo(1);
        }
    }

    /** The author's own restriction needs no metadata: metadata that repeat it ask for nothing more. */
    @Test
    void aConfidentialityThatTheDocumentHasItselfIsNoMaskOfACopy() {
        String restricted = new String(Samples.restrictedReport(), java.nio.charset.StandardCharsets.UTF_8);
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<bare@x>", restricted));
            bridge.work();
            Delivery same = bridge.accept(Samples.mailWithPackage(Samples.packageOf(Samples.restrictedReport(), "R")));
            bridge.work();
            assertThat(codes(bridge, same)).containsExactly(Outcome.DOCUMENT_ALREADY_FILED);

            Delivery stricter =
                    bridge.accept(Samples.mailWithPackage(Samples.packageOf(Samples.restrictedReport(), "V")));
            bridge.work();
            assertThat(codes(bridge, stricter)).containsExactly(Outcome.MASKS_DIFFER);
        }
    }

    /** A copy that restricts the document asks for more than what is filed, and one that does not asks for less. */
    @Test
    void aConfidentialityOfTheMetadataCountsAsAMaskOfACopy() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            Delivery copy = bridge.accept(Samples.mailWithPackage(restrictedPackage()));
            bridge.work();
            assertThat(codes(bridge, copy)).containsExactly(Outcome.MASKS_DIFFER);
        }
    }

    @Test
    void whatTheMetadataRestrictIsFiledRestricted() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage(restrictedPackage()));
            bridge.work();
            assertThat(dmp.held(Samples.DOCUMENT_ID).confidentialityCodes())
                    .extracting(Code::code)
                    .containsExactly("V");
            Delivery copy = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            assertThat(codes(bridge, copy)).containsExactly(Outcome.DOCUMENT_ALREADY_FILED);
        }
    }

    /** dmp.md 15.1: what the codes of the DMP say, and no more. */
    @ParameterizedTest
    @CsvSource({
        "CISIS_StructurationCommuneCDAr2, CDA_NOT_VALID",
        "DMPAccessDeniedByRightsService, DMP_REFUSED",
        "DMPClosed, DMP_CLOSED"
    })
    void aRefusalOfTheDmpIsToldAsWhatItSays(String code, Outcome outcome) {
        dmp.refusing(Optional.of(code));
        try (TestBridge bridge = bridge(NOW)) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(outcome);
        }
    }

    @Test
    void aCopyThatAsksForNoMaskLeavesTheFiledOneMasked() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage(Samples.maskedPackageFiles()));
            bridge.work();
            Delivery again = bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(codes(bridge, again)).containsExactly(Outcome.DOCUMENT_ALREADY_FILED);
            assertThat(dmp.submissions()).isEqualTo(1);
        }
    }

    @Test
    void aMaskForADocumentThatTheDmpHoldsWithoutItFromElsewhereIsRefused() {
        DocumentEntry held = DocumentEntry.builder(Samples.DOCUMENT_ID, Cx.of(new Ins("258029999900145", Ins.NIR_TEST)))
                .build();
        dmp.holds(held, Samples.report());
        try (TestBridge bridge = bridge(NOW)) {
            Delivery masked = bridge.accept(Samples.mailWithPackage(Samples.maskedPackageFiles()));
            Delivery plain = bridge.accept(bare("<plain@x>", Samples.reportText()));
            bridge.work();

            assertThat(codes(bridge, masked)).containsExactly(Outcome.MASKS_DIFFER);
            assertThat(codes(bridge, plain)).containsExactly(Outcome.DOCUMENT_ALREADY_FILED);
        }
    }

    @Test
    void otherBytesUnderAFiledIdentifierAreRefused() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            Delivery other =
                    bridge.accept(bare("<other@x>", Samples.reportText().replace("5.1", "5.2")));
            bridge.work();

            assertThat(codes(bridge, other)).containsExactly(Outcome.DOCUMENT_ID_REUSED);
        }
    }

    @Test
    void aNewVersionReplacesTheFiledOne() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            Delivery next = bridge.accept(bare("<v2@x>", version(NEXT_ID, 2)));
            bridge.work();

            assertThat(codes(bridge, next)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + Samples.DOCUMENT_ID);
        }
    }

    @Test
    void aNewVersionWaitsWhileTheDmpDoesNotSayWhatItReplaces() {
        Delivery next;
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            dmp.refusingQuestions(true);
            next = bridge.accept(bare("<v2@x>", version(NEXT_ID, 2)));
            bridge.work();
            assertThat(bridge.outcomes(next)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
            assertThat(dmp.documentIds()).containsExactly(Samples.DOCUMENT_ID);
        }
        dmp.refusingQuestions(false);
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(codes(bridge, next)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + Samples.DOCUMENT_ID);
        }
    }

    @Test
    void anOlderVersionIsFiledAndTheNewerOneStaysInForce() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<v3@x>", version(NEXT_ID, 3)));
            bridge.work();
            Delivery older = bridge.accept(bare("<v2@x>", replacing(NEXT_ID, version(NEXT_ID + ".7", 2))));
            bridge.work();

            assertThat(codes(bridge, older)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.replaced()).isEmpty();

            bridge.accept(bare("<v4@x>", version(NEXT_ID + ".8", 4)));
            bridge.work();
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + NEXT_ID);
        }
    }

    @Test
    void anOlderVersionReplacesWhatIsOlderStill() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<v3@x>", version(NEXT_ID, 3)));
            bridge.work();
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            bridge.accept(bare("<v2@x>", version(NEXT_ID + ".7", 2)));
            bridge.work();

            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + Samples.DOCUMENT_ID);
        }
    }

    @Test
    void anOlderVersionIsRefusedWhereTheOperatorSaysSo() {
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW, dmp, OlderVersions.REFUSE)) {
            bridge.accept(bare("<v2@x>", version(NEXT_ID, 2)));
            bridge.work();
            Delivery older = bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(codes(bridge, older)).containsExactly(Outcome.VERSION_OUTDATED);
            assertThat(dmp.documentIds()).containsExactly(NEXT_ID);
        }
    }

    @Test
    void aVersionThatIsFiledIsRefusedUnderAnotherIdentifier() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<v2@x>", version(NEXT_ID, 2)));
            bridge.work();
            Delivery same = bridge.accept(bare("<same@x>", version(NEXT_ID + ".7", 2)));
            bridge.work();

            assertThat(codes(bridge, same)).containsExactly(Outcome.VERSION_OUTDATED);
        }
    }

    /** Producers number by the date: such numbers are longer than an int. */
    @Test
    void aVersionOfManyDigitsIsComparedInFull() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<later@x>", version(NEXT_ID, 202611271200L)));
            bridge.work();
            Delivery older = bridge.accept(bare("<older@x>", version(NEXT_ID + ".7", 202611271100L)));
            Delivery same = bridge.accept(bare("<same@x>", version(NEXT_ID + ".8", 202611271200L)));
            bridge.work();
            assertThat(codes(bridge, older)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(codes(bridge, same)).containsExactly(Outcome.VERSION_OUTDATED);
            assertThat(dmp.replaced()).isEmpty();

            bridge.accept(bare("<latest@x>", version(NEXT_ID + ".9", 202611271201L)));
            bridge.work();
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + NEXT_ID);
        }
    }

    @Test
    void aVersionThatIsNoNumberIsRefused() {
        try (TestBridge bridge = bridge(NOW)) {
            Delivery mail = bridge.accept(bare(
                    "<v@x>",
                    version(NEXT_ID, 1)
                            .replace(
                                    "<versionNumber value=\"1\"/>", "<versionNumber value=\"1234567890123456789\"/>")));
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.VERSION_UNREADABLE);
        }
    }

    /** Without a number nobody knows that it is older: it may stand in for the newer version that it replaced. */
    @Test
    void anOlderVersionLeavesWhatWithoutAVersionReplacedTheNewerOne() {
        String unnumbered = NEXT_ID + ".7";
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<v2@x>", version(NEXT_ID, 2)));
            bridge.work();
            bridge.accept(bare("<none@x>", replacing(NEXT_ID, withoutVersion(version(unnumbered, 1)))));
            bridge.work();
            Delivery first = bridge.accept(bare("<v1@x>", version(NEXT_ID + ".8", 1)));
            Delivery naming = bridge.accept(bare("<v0@x>", replacing(unnumbered, version(NEXT_ID + ".9", 0))));
            bridge.work();

            assertThat(codes(bridge, first)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(codes(bridge, naming)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + NEXT_ID);
        }
    }

    @Test
    void aNewVersionReplacesWhatIsFiledWithoutAVersion() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<none@x>", withoutVersion(version(NEXT_ID, 1))));
            bridge.work();
            bridge.accept(bare("<v1@x>", version(NEXT_ID + ".7", 1)));
            bridge.work();

            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + NEXT_ID);
        }
    }

    @Test
    void aDocumentWithoutAVersionReplacesOnlyWhatItNames() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<v2@x>", version(NEXT_ID, 2)));
            bridge.work();
            Delivery unnumbered = bridge.accept(bare("<none@x>", withoutVersion(version(NEXT_ID + ".7", 1))));
            bridge.work();
            assertThat(codes(bridge, unnumbered)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.replaced()).isEmpty();

            bridge.accept(bare("<named@x>", replacing(NEXT_ID, withoutVersion(version(NEXT_ID + ".8", 1)))));
            bridge.work();
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + NEXT_ID);
        }
    }

    /** The set of a document without setId is the identifier of its oldest known ancestor (receiving algorithm). */
    @Test
    void aDocumentWithoutASetIsOfTheSetOfWhatItReplaces() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<first@x>", withoutSet(version(NEXT_ID, 1))));
            bridge.work();
            bridge.accept(bare("<second@x>", replacing(NEXT_ID, withoutSet(version(NEXT_ID + ".7", 1)))));
            bridge.work();
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + NEXT_ID);
            assertThat(bridge.documents.filedOfSet(NEXT_ID, new Ins("258029999900145", Ins.NIR_TEST)))
                    .extracting(FiledVersion::documentId)
                    .containsExactly(NEXT_ID + ".7", NEXT_ID);
        }
    }

    @Test
    void aSetThatIsNamedAfterItsFirstDocumentHasThatDocument() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(bare("<first@x>", withoutSet(version(NEXT_ID, 1))));
            bridge.work();
            bridge.accept(bare(
                    "<second@x>",
                    version(NEXT_ID + ".7", 2)
                            .replaceFirst("<setId root=\"[^\"]*\"", "<setId root=\"" + NEXT_ID + "\"")));
            bridge.work();
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + NEXT_ID);
        }
    }

    @Test
    void twoBridgesFileOneVersionOfASetOnce() throws InterruptedException {
        try (TestBridge one = bridge(NOW);
                TestBridge other = new TestBridge(open(), "other", NOW, dmp)) {
            List<Delivery> mails = IntStream.rangeClosed(1, 10)
                    .mapToObj(i -> one.accept(bare("<same" + i + "@x>", version(NEXT_ID + "." + i, 202611271200L))))
                    .toList();
            List<Thread> workers = List.of(new Thread(one::work), new Thread(other::work), new Thread(other::work));
            workers.forEach(Thread::start);
            for (Thread worker : workers) {
                worker.join();
            }
            assertThat(dmp.documentIds()).hasSize(1);
            // those that gave way are due a moment later
            try (TestBridge later = bridge(NOW.plusSeconds(5))) {
                later.work();
                assertThat(mails.stream().flatMap(mail -> codes(later, mail).stream()))
                        .containsOnlyOnce(Outcome.DOCUMENT_FILED)
                        .containsOnly(Outcome.DOCUMENT_FILED, Outcome.VERSION_OUTDATED)
                        .hasSameSizeAs(mails);
            }
        }
        assertThat(dmp.documentIds()).hasSize(1);
    }

    /** Versions are counted by patient and set: another patient's document of the same setId is no version of this one. */
    @Test
    void aSetOfAnotherPatientIsAnotherSet() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            Delivery same = bridge.accept(bare("<same@x>", ofAnotherPatient(version(NEXT_ID, 1))));
            Delivery next = bridge.accept(bare("<next@x>", ofAnotherPatient(version(NEXT_ID + ".7", 2))));
            bridge.work();

            assertThat(codes(bridge, same)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(codes(bridge, next)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.replaced()).containsExactly("urn:uuid:" + NEXT_ID);
        }
    }

    @Test
    void aPatientsSetIsOneUnderEveryAuthorityOfTheIns() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            Delivery same = bridge.accept(
                    bare("<same@x>", version(NEXT_ID, 1).replace("1.2.250.1.213.1.4.10\"", "1.2.250.1.213.1.4.8\"")));
            bridge.work();

            assertThat(codes(bridge, same)).containsExactly(Outcome.VERSION_OUTDATED);
        }
    }

    /** CI-SIS, the receiving algorithm: a document whose parent is unknown is a first version. */
    @Test
    void aDocumentReplacesNoneOfAnotherPatient() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            bridge.work();
            Delivery foreign = bridge.accept(
                    bare("<foreign@x>", replacing(Samples.DOCUMENT_ID, ofAnotherPatient(version(NEXT_ID, 2)))));
            bridge.work();

            assertThat(codes(bridge, foreign)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.replaced()).isEmpty();
            assertThat(bridge.traced())
                    .last()
                    .satisfies(entry -> assertThat(entry.fields())
                            .hasEntrySatisfying(
                                    Field.DETAIL, detail -> assertThat(detail).contains("another patient's")));
        }
    }

    @Test
    void aDuplicateThatTheDmpDoesNotShowWaitsUntilItSaysWhatItHolds() {
        DocumentEntry held = DocumentEntry.builder(Samples.DOCUMENT_ID, Cx.of(new Ins("258029999900145", Ins.NIR_TEST)))
                .build();
        dmp.holds(held, Samples.utf8("other bytes")).hiding(true);
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
        }
        dmp.hiding(false);
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_ID_REUSED);
        }
    }

    @Test
    void aPatientWhoOpposedIsRespected() {
        dmp.state(DmpState.OPPOSED);
        try (TestBridge bridge = bridge(NOW)) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(codes(bridge, mail)).containsExactly(Outcome.PATIENT_OPPOSED);
            assertThat(dmp.submissions()).isZero();
        }
    }

    @Test
    void waitsWhileTheDmpIsDownAndFilesLater() {
        dmp.down(true);
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
        }
        dmp.down(false);
        try (TestBridge bridge = bridge(NOW)) {
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
        }
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
        }
    }

    @Test
    void aTimeOutAfterTheDmpRegisteredFilesOnce() {
        dmp.loseNextAnswer();
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
        }
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
        }
        // the DMP was asked what it holds before anything was sent again
        assertThat(dmp.documentIds()).hasSize(1);
        assertThat(dmp.submissions()).isEqualTo(1);
    }

    @Test
    void aSecondAttemptWaitsWhileTheDmpDoesNotSayWhetherItHoldsTheDocument() {
        dmp.loseNextAnswer();
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
        }
        dmp.refusingQuestions(true);
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
        }
        assertThat(dmp.submissions()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "DMPInvalidCertificate, DMP_IDENTITY_REFUSED",
        "MSSVihfMissing, DMP_IDENTITY_REFUSED",
        "MSSVihfWindow, DMP_IDENTITY_REFUSED",
        "MSSSubmissionNotSigned, SIGNATURE_REFUSED",
        "MSSSignatureMissing, SIGNATURE_REFUSED",
        "MSSSignatureMalformed, SIGNATURE_REFUSED",
        "MSSSignatureInvalid, SIGNATURE_REFUSED",
        "MSSSignatureCertificate, SIGNATURE_REFUSED",
        "MSSSignatureManifest, SIGNATURE_REFUSED"
    })
    void aDocumentWaitsWhileTheDmpDoesNotAcceptWhoFilesOrSignsIt(String code, Outcome outcome) {
        dmp.refusing(Optional.of(code));
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
            assertThat(codes(bridge, mail)).containsExactly(outcome);
        }
        dmp.refusing(Optional.empty());
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
        }
    }

    @Test
    void aSubmissionThatIsSentAgainIsTheSameSubmission() {
        dmp.refuseNextSubmission();
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
        }
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
        }
        assertThat(dmp.submitted())
                .extracting(submission -> submission.submissionSet().uniqueId())
                .hasSize(2)
                .containsOnly(dmp.submitted().get(0).submissionSet().uniqueId());
    }

    @Test
    void aDocumentThatFailsAgainAndAgainStopsAndIsStartedByAnOperator() {
        dmp.failing(true);
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
        }
        Instant now = NOW;
        for (int i = 0; i < TestBridge.MAX_FAILURES; i++) {
            try (TestBridge bridge = bridge(now)) {
                bridge.work();
                assertThat(bridge.outcomes(mail))
                        .extracting(DocumentOutcome::state)
                        .containsExactly(DocumentState.WAITING);
            }
            now = now.plus(Duration.ofHours(1));
        }
        try (TestBridge bridge = bridge(now)) {
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.STOPPED);
            assertThat(codes(bridge, mail)).containsExactly(Outcome.FILING_STOPPED);
            assertThat(bridge.traced()).extracting(TraceEntry::event).containsExactly(Event.DOCUMENT_STOPPED);
            assertThat(bridge.receipts.nextEnded()).isEmpty();

            dmp.failing(false);
            assertThat(bridge.queue.retry(bridge.queue
                            .documents("test-1@demo.mssante.fr")
                            .get(0)
                            .id()))
                    .isTrue();
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(bridge.queue.retry(
                            bridge.queue.documents(Samples.DOCUMENT_ID).get(0).id()))
                    .isFalse();
        }
    }

    @Test
    void aDocumentWaitsForAPersonWhereTheMailboxWantsToBeAsked() {
        try (TestBridge bridge = bridge(NOW).whereTheRecipientWants(DmpFiling.ASK)) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.ASKED);
            assertThat(codes(bridge, mail)).containsExactly(Outcome.FILING_ASKED);
            assertThat(bridge.traced())
                    .extracting(TraceEntry::event)
                    .containsExactly(Event.DOCUMENT_EXTRACTED, Event.CONSENT_DECIDED, Event.DOCUMENT_ASKED);
            assertThat(dmp.documentIds()).isEmpty();
            assertThat(bridge.receipts.nextEnded())
                    .as("the sender is told of the end")
                    .isEmpty();
            assertThat(bridge.queue.unfinished(10))
                    .singleElement()
                    .satisfies(each -> assertThat(each.rule()).isPresent());

            assertThat(bridge.queue.release(asked(bridge), said(PersonDecision.Verdict.FILE)))
                    .isTrue();
            bridge.work();

            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(dmp.documentIds()).containsExactly(Samples.DOCUMENT_ID);
            assertThat(bridge.queue.documents(Samples.DOCUMENT_ID).get(0).decision())
                    .contains(said(PersonDecision.Verdict.FILE));
            assertThat(bridge.queue.release(
                            bridge.queue.documents(Samples.DOCUMENT_ID).get(0).id(), said(PersonDecision.Verdict.FILE)))
                    .as("what has ended waits for nobody")
                    .isFalse();
        }
    }

    @Test
    void thePatientsRightsAreLookedAtAgainOnceThePersonSaysYes() {
        try (TestBridge bridge = bridge(NOW).whereTheRecipientWants(DmpFiling.ASK)) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            dmp.state(DmpState.CLOSED);
            bridge.queue.release(asked(bridge), said(PersonDecision.Verdict.FILE));
            bridge.work();

            assertThat(codes(bridge, mail)).containsExactly(Outcome.DMP_CLOSED);
            assertThat(dmp.documentIds()).isEmpty();
        }
    }

    @Test
    void aDocumentThatAPersonDiscardsIsRefusedAndItsSenderTold() {
        try (TestBridge bridge = bridge(NOW).whereTheRecipientWants(DmpFiling.ASK)) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            assertThat(bridge.queue.discard(asked(bridge), said(PersonDecision.Verdict.DISCARD)))
                    .isTrue();
            bridge.work();

            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.REFUSED);
            assertThat(codes(bridge, mail)).containsExactly(Outcome.FILING_DECLINED);
            assertThat(dmp.documentIds()).isEmpty();
            assertThat(bridge.receipts.nextEnded()).isPresent();
        }
    }

    @Test
    void aDocumentWaitsWhileNobodyKnowsWhetherTheMailboxWantsToBeAsked() {
        try (TestBridge bridge = bridge(NOW).withoutAnnuaire()) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(codes(bridge, mail)).containsExactly(Outcome.DIRECTORY_UNAVAILABLE);
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
            assertThat(dmp.documentIds()).isEmpty();
        }
    }

    private static long asked(TestBridge bridge) {
        return bridge.queue.unfinished(1).get(0).id();
    }

    private static PersonDecision said(PersonDecision.Verdict verdict) {
        return new PersonDecision(verdict, "dominique", NOW, Optional.of("asked the patient"));
    }

    @Test
    void aDocumentStopsWaitingForTheDmpAfterTheLongestWait() {
        dmp.down(true);
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
        }
        try (TestBridge bridge = bridge(NOW.plus(TestBridge.LONGEST_WAIT))) {
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
        }
        try (TestBridge bridge = bridge(NOW.plus(TestBridge.LONGEST_WAIT).plusSeconds(600))) {
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.STOPPED);
            assertThat(bridge.queue.unfinished(10))
                    .singleElement()
                    .satisfies(each -> assertThat(each.documentId()).contains(Samples.DOCUMENT_ID));
        }
    }

    @Test
    void aMailThatEndsTheProcessAgainAndAgainIsRefused() {
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
        }
        for (int i = 0; i < TestBridge.MAX_FAILURES; i++) {
            try (TestBridge bridge = bridge(NOW)) {
                assertThat(bridge.messages.nextReceived()).isPresent();
            }
        }
        try (TestBridge bridge = bridge(NOW)) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.MAIL_UNREADABLE);
        }
    }

    @Test
    void aDocumentEndsOnlyOnceItsEndIsTraced() {
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
        }
        Instant now = NOW;
        for (int i = 0; i <= TestBridge.MAX_FAILURES; i++) {
            try (TestBridge bridge = bridge(now)) {
                bridge.cannotTrace(Event.DOCUMENT_FILED);
                bridge.work();
                assertThat(bridge.outcomes(mail))
                        .extracting(DocumentOutcome::state)
                        .containsExactly(DocumentState.WAITING);
            }
            now = now.plus(Duration.ofHours(1));
        }
        try (TestBridge bridge = bridge(now)) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(bridge.traced()).extracting(TraceEntry::event).contains(Event.DOCUMENT_FILED);
        }
        assertThat(dmp.submissions()).isEqualTo(1);
    }

    @Test
    void aRefusalEndsOnlyOnceItIsTraced() {
        dmp.state(DmpState.OPPOSED);
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            bridge.cannotTrace(Event.DOCUMENT_REFUSED);
            mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();
            assertThat(bridge.outcomes(mail)).extracting(DocumentOutcome::state).containsExactly(DocumentState.WAITING);
        }
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.PATIENT_OPPOSED);
            assertThat(bridge.traced()).extracting(TraceEntry::event).contains(Event.DOCUMENT_REFUSED);
        }
    }

    @Test
    void aMailWhoseDocumentsCannotBeTracedWaitsAndIsNotRefused() {
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
        }
        Instant now = NOW;
        for (int i = 0; i <= TestBridge.MAX_FAILURES; i++) {
            try (TestBridge bridge = bridge(now)) {
                bridge.cannotTrace(Event.DOCUMENT_EXTRACTED);
                bridge.work();
                assertThat(bridge.outcomes(mail)).isEmpty();
                assertThat(bridge.receipts.nextEnded()).isEmpty();
            }
            now = now.plus(Duration.ofHours(1));
        }
        try (TestBridge bridge = bridge(now)) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
        }
    }

    /** N1 and N3, for the professional and for the patient: four documents, told apart by their identifiers. */
    @Test
    void theSameReportInFourFormsIsFourDocuments() {
        try (TestBridge bridge = bridge(NOW)) {
            List<Delivery> mails = IntStream.rangeClosed(1, 4)
                    .mapToObj(i -> bridge.accept(bare("<form" + i + "@x>", form(i))))
                    .toList();
            bridge.work();

            assertThat(mails)
                    .allSatisfy(mail -> assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED));
            assertThat(dmp.documentIds()).hasSize(4);
            assertThat(dmp.replaced()).isEmpty();
        }
    }

    @Test
    void twoBridgesOnOneDatabaseFileEachDocumentOnce() throws InterruptedException {
        int mails = 30;
        try (TestBridge one = bridge(NOW);
                TestBridge other = new TestBridge(open(), "other", NOW, dmp)) {
            List<Delivery> deliveries = IntStream.rangeClosed(1, mails)
                    .mapToObj(i -> one.accept(bare("<mail" + i + "@x>", form(i))))
                    .toList();
            List<Thread> workers = List.of(
                    new Thread(one::work), new Thread(one::work), new Thread(other::work), new Thread(other::work));
            workers.forEach(Thread::start);
            for (Thread worker : workers) {
                worker.join();
            }
            assertThat(deliveries)
                    .allSatisfy(mail -> assertThat(codes(one, mail)).containsExactly(Outcome.DOCUMENT_FILED));
        }
        assertThat(dmp.documentIds()).hasSize(mails);
        assertThat(dmp.submissions()).isEqualTo(mails);
    }

    @Test
    void workInHandWhenAnInstanceEndedIsTakenUpAgain() {
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(Samples.mailWithPackage());
            assertThat(bridge.messages.nextReceived()).isPresent();
        }
        try (TestBridge bridge = bridge(NOW)) {
            assertThat(bridge.steps.find()).isTrue();
            assertThat(bridge.documents.nextOpen()).isPresent();
        }
        try (TestBridge bridge = bridge(NOW)) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
        }
    }

    @Test
    void workOfAnotherInstanceIsFreeOnlyAfterItsLease() {
        try (TestBridge bridge = bridge(NOW)) {
            bridge.accept(Samples.mailWithPackage());
            assertThat(bridge.messages.nextReceived()).isPresent();
        }
        try (TestBridge other = new TestBridge(open(), "other", NOW.plusSeconds(60), dmp)) {
            assertThat(other.steps.find()).isFalse();
        }
        Instant afterLease = NOW.plus(TestBridge.LEASE).plus(Duration.ofSeconds(1));
        try (TestBridge other = new TestBridge(open(), "other", afterLease, dmp)) {
            other.work();
            assertThat(dmp.documentIds()).hasSize(1);
        }
    }

    @Test
    void aMailWithoutDocumentsIsTracedAndSettled() {
        try (TestBridge bridge = bridge(NOW)) {
            Delivery mail = bridge.accept(Samples.plainMail("Content-Type: text/plain\r\n\r\nBonjour\r\n"));
            bridge.work();

            assertThat(bridge.outcomes(mail)).isEmpty();
            assertThat(bridge.traced()).extracting(TraceEntry::event).containsExactly(Event.NO_DOCUMENT);
            assertThat(bridge.receipts.nextEnded().map(Claimed::id)).hasValue(mail.id());
        }
    }

    @Test
    void aDocumentInHandWhenTheProcessEndedIsSoughtInTheDmpAlsoWhereItsDecisionWasLost() {
        try (TestBridge killed = bridge(NOW)) {
            killed.accept(Samples.mailWithPackage());
            killed.steps.find();
            assertThat(killed.documents.nextOpen())
                    .hasValueSatisfying(first -> assertThat(
                                    killed.documents.document(first.id()).mayBeFiled())
                            .isFalse());
        }
        try (TestBridge restarted = bridge(NOW)) {
            assertThat(restarted.documents.nextOpen())
                    .hasValueSatisfying(again -> assertThat(
                                    restarted.documents.document(again.id()).mayBeFiled())
                            .isTrue());
        }
    }

    @Test
    void aLockTakenOverAfterItsLeaseIsNotGivenBackByItsFirstHolder() {
        List<String> names = List.of("id:" + Samples.DOCUMENT_ID);
        Instant afterLease = NOW.plus(TestBridge.LEASE).plus(Duration.ofSeconds(1));
        try (LedgerDatabase database = open()) {
            FilingLocks early = locks(database, NOW);
            FilingLocks late = locks(database, afterLease);
            FilingLocks.Held overdue = early.acquire(names).orElseThrow();
            FilingLocks.Held taken = late.acquire(names).orElseThrow();
            early.release(overdue);

            assertThat(late.acquire(names)).isEmpty();
            late.release(taken);
            assertThat(late.acquire(names)).isPresent();
        }
    }

    @Test
    void aMailIsReadyForItsReceiptOnceTheLastOfItsDocumentsHasEndedAndOnlyOnce() {
        byte[] two = Samples.mail(Samples.multipart(
                "mixed",
                "b",
                Samples.part("text/xml", "A.XML", Samples.utf8(form(1))),
                Samples.part("text/xml", "B.XML", Samples.utf8(form(2)))));
        dmp.refuseNextSubmission();
        Delivery mail;
        try (TestBridge bridge = bridge(NOW)) {
            mail = bridge.accept(two);
            bridge.work();
            assertThat(bridge.outcomes(mail))
                    .extracting(DocumentOutcome::state)
                    .containsExactlyInAnyOrder(DocumentState.WAITING, DocumentState.FILED);
            assertThat(bridge.receipts.nextEnded()).isEmpty();
        }
        try (TestBridge bridge = bridge(NOW.plusSeconds(3))) {
            bridge.work();
            assertThat(bridge.receipts.nextEnded()).map(Claimed::id).contains(mail.id());
            assertThat(bridge.receipts.nextEnded()).isEmpty();
            bridge.receipts.settle(mail.id(), Optional.empty());
        }
        try (TestBridge bridge = bridge(NOW.plus(TestBridge.LEASE).plusSeconds(60))) {
            assertThat(bridge.receipts.nextEnded()).isEmpty();
        }
    }

    @Test
    void whatTheOperatorsRulesNoteIsKeptAndTracedAndHoldsNothingUp() {
        try (TestBridge bridge = bridge(NOW).noting("rules.sch: 1 findings: title at /ClinicalDocument[1]")) {
            Delivery mail = bridge.accept(Samples.mailWithPackage());
            bridge.work();

            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(bridge.queue.documents(Samples.DOCUMENT_ID))
                    .singleElement()
                    .satisfies(document -> assertThat(document.form())
                            .contains("rules.sch: 1 findings: title at /ClinicalDocument[1]"));
            assertThat(bridge.traced()).extracting(TraceEntry::event).contains(Event.DOCUMENT_FORM_NOTED);
        }
    }

    @Test
    void aPartThatIsNotLookedIntoIsSeenByTheOperatorAndEndsWithItsMail() {
        try (TestBridge bridge = bridge(NOW)) {
            Delivery mail = bridge.accept(Samples.plainMail(Samples.multipart(
                    "mixed", "b", Samples.part("application/zip", "photos.zip", Samples.utf8("PK\3\4 no more")))));
            bridge.work();

            assertThat(bridge.outcomes(mail)).singleElement().satisfies(part -> {
                assertThat(part.state()).isEqualTo(DocumentState.NOTED);
                assertThat(part.outcome()).isEqualTo(Outcome.PART_NOT_OPENED);
                assertThat(part.source()).isEqualTo("1/photos.zip");
            });
            assertThat(bridge.queue.documents("test-1@demo.mssante.fr")).hasSize(1);
            assertThat(bridge.queue.unfinished(10)).isEmpty();
            assertThat(bridge.receipts.nextEnded()).map(Claimed::id).contains(mail.id());
            assertThat(bridge.traced())
                    .filteredOn(entry -> entry.event() == Event.PART_NOTED)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.outcome()).contains(Outcome.PART_NOT_OPENED));
            assertThat(bridge.traced()).extracting(TraceEntry::event).contains(Event.NO_DOCUMENT);
        }
    }

    @Test
    void aMailWithoutDocumentsIsReadyAtOnce() {
        try (TestBridge bridge = bridge(NOW)) {
            Delivery mail = bridge.accept(Samples.plainMail("Content-Type: text/plain\r\n\r\nBonjour\r\n"));
            assertThat(bridge.receipts.nextEnded()).isEmpty();
            bridge.work();
            assertThat(bridge.receipts.nextEnded()).map(Claimed::id).contains(mail.id());
        }
    }

    @Test
    void twoDocumentsThatEndAtTheSameMomentMakeTheirMailReady() throws Exception {
        try (TestBridge bridge = bridge(NOW)) {
            for (int i = 0; i < 20; i++) {
                Delivery mail = bridge.accept(Samples.plainMail("X-Number: " + i + "\r\n\r\nBonjour\r\n"));
                bridge.documents.record(mail.id(), List.of(found("a" + i), found("b" + i)));
                List<Long> open = List.of(
                        bridge.documents.nextOpen().orElseThrow().id(),
                        bridge.documents.nextOpen().orElseThrow().id());
                CyclicBarrier together = new CyclicBarrier(2);
                CompletableFuture<?>[] ends = open.stream()
                        .map(document -> CompletableFuture.runAsync(() -> {
                            together(together);
                            bridge.documents.finish(document, DocumentState.REFUSED, Outcome.DMP_REFUSED, "");
                        }))
                        .toArray(CompletableFuture[]::new);
                CompletableFuture.allOf(ends).get(30, TimeUnit.SECONDS);
                assertThat(bridge.receipts.nextEnded()).map(Claimed::id).contains(mail.id());
            }
        }
    }

    private static FoundDocument found(String id) {
        return new FoundDocument.Fileable(
                id,
                id,
                DocumentBytes.copyOf(Samples.utf8(id)),
                SenderMetadata.NONE,
                new Ins("258029999900145", Ins.NIR_TEST),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                "",
                Optional.empty());
    }

    private static void together(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two threads of one instance have one name. */
    private static FilingLocks locks(LedgerDatabase database, Instant now) {
        return new FilingLocks(database, new Worker("bridge-1", TestBridge.LEASE, Clock.fixed(now, ZoneOffset.UTC)));
    }

    private TestBridge bridge(Instant now) {
        return new TestBridge(open(), "bridge-1", now, dmp);
    }

    private static Map<String, byte[]> restrictedPackage() {
        Map<String, byte[]> files = new LinkedHashMap<>(Samples.maskedPackageFiles());
        files.computeIfPresent(
                "IHE_XDM/SUBSET01/METADATA.XML",
                (name, bytes) -> Samples.utf8(
                        new String(bytes, java.nio.charset.StandardCharsets.UTF_8).replace("INVISIBLE_PATIENT", "V")));
        return files;
    }

    /** The sample as another document of its own set. */
    private static String form(int number) {
        return Samples.reportText()
                .replace("<id root=\"" + Samples.DOCUMENT_ID + "\"/>", "<id root=\"" + NEXT_ID + "." + number + "\"/>")
                .replaceFirst("<setId root=\"[^\"]*\"", "<setId root=\"2.25.77." + number + "\"");
    }
}
