package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.dmp.bridge.filing.Reports.NEXT_ID;
import static org.mssante.dmp.bridge.filing.Reports.bare;
import static org.mssante.dmp.bridge.filing.Reports.codes;
import static org.mssante.dmp.bridge.filing.Reports.made;
import static org.mssante.dmp.bridge.filing.Reports.ofAnotherPatient;
import static org.mssante.dmp.bridge.filing.Reports.ofSet;
import static org.mssante.dmp.bridge.filing.Reports.replacing;
import static org.mssante.dmp.bridge.filing.Reports.version;
import static org.mssante.dmp.bridge.filing.Reports.withoutSet;
import static org.mssante.dmp.bridge.filing.Reports.withoutVersion;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.bridge.ledger.Delivery;
import org.mssante.dmp.bridge.ledger.FilingLocks;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;
import org.mssante.dmp.bridge.ledger.Worker;
import org.mssante.dmp.xds.metadata.Availability;

/** Of a line of documents that replace each other one is in force, in whatever order they come. */
abstract class ReplacementContract {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String FIRST = NEXT_ID + ".1";
    private static final String SECOND = NEXT_ID + ".2";
    private static final String THIRD = NEXT_ID + ".3";
    private static final String FOURTH = NEXT_ID + ".4";

    FakeDmp dmp = new FakeDmp();

    /** Opens the database of this test, the same one each time. */
    abstract LedgerDatabase open();

    @Test
    void aDocumentThatComesAfterItsReplacementIsRefused() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, replacing(FIRST, plain(SECOND)));
            refused(bridge, plain(FIRST));

            assertThat(dmp.inForce()).containsExactly(SECOND);
        }
    }

    @Test
    void aVersionThatAnotherDocumentReplacedIsRefusedAndTheNextOneReplacesThat() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, replacing(FIRST, plain(SECOND)));
            refused(bridge, version(FIRST, 1));
            filed(bridge, replacing(FIRST, version(THIRD, 2)));

            assertThat(dmp.inForce()).containsExactly(THIRD);
        }
    }

    @Test
    void aDocumentThatIsFiledIsTheSameOneAlsoOnceItIsReplaced() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, plain(FIRST));
            filed(bridge, replacing(FIRST, plain(SECOND)));

            assertThat(outcome(bridge, plain(FIRST))).isEqualTo(Outcome.DOCUMENT_ALREADY_FILED);
        }
    }

    @Test
    void aDocumentWhoseAnswerWasLostIsFiledAlsoOnceItIsReplaced() {
        Delivery first;
        try (TestBridge bridge = bridge()) {
            dmp.loseNextAnswer();
            first = bridge.accept(bare("<first@x>", plain(FIRST)));
            bridge.work();
            filed(bridge, replacing(FIRST, plain(SECOND)));
        }
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW.plusSeconds(3), dmp)) {
            bridge.work();
            assertThat(codes(bridge, first)).containsExactly(Outcome.DOCUMENT_FILED);
        }
        assertThat(dmp.inForce()).containsExactly(SECOND);
    }

    /** CI-SIS, the receiving algorithm: it is registered and overwrites nothing. */
    @Test
    void anOlderVersionIsAnOlderVersionAlsoWhereTheNewerOneNamesIt() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, replacing(FIRST, version(SECOND, 2)));
            filed(bridge, version(FIRST, 1));

            assertThat(dmp.replaced()).isEmpty();
        }
    }

    /** Version numbers say which is newer, whatever an older one names. */
    @Test
    void aNewerVersionReplacesTheOlderOneThatNamesIt() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, replacing(SECOND, version(FIRST, 1)));
            filed(bridge, version(SECOND, 2));

            assertThat(dmp.inForce()).containsExactly(SECOND);
        }
    }

    @Test
    void aDocumentIsReplacedByNoneOfAnotherPatient() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, ofAnotherPatient(replacing(FIRST, plain(SECOND))));
            filed(bridge, plain(FIRST));
        }
    }

    @Test
    void documentsThatNameEachOtherEnd() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, replacing(SECOND, plain(FIRST)));
            refused(bridge, replacing(FIRST, plain(SECOND)));
            filed(bridge, replacing(THIRD, plain(THIRD)));

            assertThat(dmp.inForce()).containsExactly(FIRST, THIRD);
        }
    }

    @Test
    void aSecondReplacementReplacesTheFirst() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, plain(FIRST));
            filed(bridge, replacing(FIRST, plain(SECOND)));
            filed(bridge, replacing(FIRST, plain(THIRD)));

            assertThat(dmp.inForce()).containsExactly(THIRD);
            assertThat(lastDetail(bridge)).contains("what has replaced the one before it: " + SECOND);
        }
    }

    @Test
    void aSecondReplacementReplacesTheFirstWhateverTheirSets() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, version(FIRST, 1));
            filed(bridge, replacing(FIRST, ofSet("2.25.71", version(SECOND, 1))));
            filed(bridge, replacing(FIRST, ofSet("2.25.72", version(THIRD, 1))));

            assertThat(dmp.inForce()).containsExactly(THIRD);
        }
    }

    @Test
    void aReplacementReplacesTheLastOfItsLine() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, plain(FIRST));
            filed(bridge, replacing(FIRST, plain(SECOND)));
            filed(bridge, replacing(SECOND, plain(THIRD)));
            filed(bridge, replacing(FIRST, plain(FOURTH)));

            assertThat(dmp.inForce()).containsExactly(FOURTH);
        }
    }

    @Test
    void aReplacementReplacesTheLaterVersionOfWhatItNames() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, version(FIRST, 1));
            filed(bridge, version(SECOND, 2));
            filed(bridge, replacing(FIRST, plain(THIRD)));

            assertThat(dmp.inForce()).containsExactly(THIRD);
        }
    }

    @Test
    void aReplacementReplacesTheLaterVersionOfWhatItNamesAlsoFromAnotherSet() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, version(FIRST, 1));
            filed(bridge, version(SECOND, 2));
            filed(bridge, replacing(FIRST, ofSet("2.25.71", version(THIRD, 1))));

            assertThat(dmp.inForce()).containsExactly(THIRD);
        }
    }

    @Test
    void aVersionReplacesTheLaterVersionOfWhatHasReplacedTheOneBeforeIt() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, version(FIRST, 1));
            filed(bridge, replacing(FIRST, ofSet("2.25.71", version(SECOND, 1))));
            filed(bridge, ofSet("2.25.71", version(THIRD, 2)));
            filed(bridge, version(FOURTH, 2));

            assertThat(dmp.inForce()).containsExactly(FOURTH);
        }
    }

    /** What it names waits, and is refused then: nobody else would replace the one before. */
    @Test
    void aReplacementOfWhatIsNotFiledReplacesTheOneBeforeThat() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, plain(FIRST));
            dmp.refuseNextSubmission();
            Delivery waiting = bridge.accept(bare("<second@x>", replacing(FIRST, plain(SECOND))));
            bridge.work();
            assertThat(codes(bridge, waiting)).containsExactly(Outcome.DMP_UNAVAILABLE);
            filed(bridge, replacing(SECOND, plain(THIRD)));

            assertThat(dmp.inForce()).containsExactly(THIRD);
        }
    }

    @Test
    void aDocumentThatComesLastOfItsLineIsRefused() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, replacing(SECOND, plain(THIRD)));
            refused(bridge, replacing(FIRST, plain(SECOND)));
            refused(bridge, plain(FIRST));

            assertThat(dmp.inForce()).containsExactly(THIRD);
        }
    }

    /** Mails overtake each other: which replacement is the later one is what the documents say. */
    @Test
    void aSecondReplacementThatWasMadeBeforeTheFirstIsRefused() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, plain(FIRST));
            filed(bridge, made("20261117090000+0100", replacing(FIRST, plain(SECOND))));
            refused(bridge, made("20261117080000+0100", replacing(FIRST, plain(THIRD))));

            assertThat(dmp.inForce()).containsExactly(SECOND);
        }
    }

    @Test
    void aReplacementReplacesWhatItNamesWheneverThatWasMade() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, made("20261117090000+0100", plain(FIRST)));
            filed(bridge, made("20261117080000+0100", replacing(FIRST, plain(SECOND))));

            assertThat(dmp.inForce()).containsExactly(SECOND);
        }
    }

    /** The DMP has other writers than this bridge, and does not say what replaced a document. */
    @Test
    void theTraceSaysWhereWhatADocumentNamesIsInForceNoLonger() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, plain(FIRST));
            dmp.availability(FIRST, Availability.DEPRECATED);
            filed(bridge, replacing(FIRST, plain(SECOND)));

            assertThat(lastDetail(bridge))
                    .isEqualTo("the document it would replace is in force no longer; as a first version");
        }
    }

    @Test
    void aVersionReplacesWhatHasReplacedTheOneBeforeIt() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, version(FIRST, 1));
            filed(bridge, replacing(FIRST, withoutVersion(version(SECOND, 1))));
            filed(bridge, version(THIRD, 2));

            assertThat(dmp.inForce()).containsExactly(THIRD);
        }
    }

    @Test
    void aVersionReplacesWhatHasReplacedTheOneItNames() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, version(FIRST, 1));
            filed(bridge, replacing(FIRST, plain(SECOND)));
            filed(bridge, replacing(SECOND, plain(THIRD)));
            filed(bridge, replacing(FIRST, version(FOURTH, 2)));

            assertThat(dmp.inForce()).containsExactly(FOURTH);
        }
    }

    @Test
    void aVersionThatWasMadeBeforeWhatHasReplacedTheOneBeforeItIsRefused() {
        try (TestBridge bridge = bridge()) {
            filed(bridge, version(FIRST, 1));
            filed(bridge, made("20261117090000+0100", replacing(FIRST, withoutVersion(version(SECOND, 1)))));
            refused(bridge, made("20261117080000+0100", version(THIRD, 2)));

            assertThat(dmp.inForce()).containsExactly(SECOND);
        }
    }

    @Test
    void aReplacementThatComesTogetherWithWhatItReplacesLetsThatGoFirst() {
        Delivery mail;
        try (TestBridge bridge = bridge()) {
            mail = bridge.accept(together(replacing(FIRST, plain(SECOND)), plain(FIRST)));
            bridge.work();
            assertThat(dmp.inForce()).containsExactly(FIRST);
        }
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW.plusSeconds(1), dmp)) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED, Outcome.DOCUMENT_FILED);
        }
        assertThat(dmp.inForce()).containsExactly(SECOND);
    }

    @Test
    void aReplacementLetsWhatItReplacesGoFirstAlsoWhereBothHaveStoodInALongQueue() {
        Delivery mail;
        try (TestBridge bridge = bridge()) {
            mail = bridge.accept(together(replacing(FIRST, plain(SECOND)), plain(FIRST)));
            assertThat(bridge.steps.find()).isTrue();
        }
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW.plusSeconds(600), dmp)) {
            bridge.work();
        }
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW.plusSeconds(601), dmp)) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED, Outcome.DOCUMENT_FILED);
        }
        assertThat(dmp.inForce()).containsExactly(SECOND);
    }

    @Test
    void aReplacementWaitsForNoneThatHasToWait() {
        try (TestBridge bridge = bridge()) {
            dmp.refuseNextSubmission();
            Delivery waiting = bridge.accept(bare("<first@x>", plain(FIRST)));
            bridge.work();
            assertThat(codes(bridge, waiting)).containsExactly(Outcome.DMP_UNAVAILABLE);
            filed(bridge, replacing(FIRST, plain(SECOND)));
            try (TestBridge later = new TestBridge(open(), "other", NOW.plusSeconds(3), dmp)) {
                later.work();
                assertThat(codes(later, waiting)).containsExactly(Outcome.VERSION_OUTDATED);
            }
        }
        assertThat(dmp.inForce()).containsExactly(SECOND);
    }

    /** Which of them came first is nothing they say. */
    @Test
    void afterAnOutageAReplacementLetsWhatItReplacesGoFirst() {
        Delivery second;
        Delivery first;
        try (TestBridge bridge = bridge()) {
            dmp.down(true);
            second = bridge.accept(bare("<second@x>", replacing(FIRST, plain(SECOND))));
            first = bridge.accept(bare("<first@x>", plain(FIRST)));
            bridge.work();
            dmp.down(false);
        }
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW.plusSeconds(3), dmp)) {
            bridge.work();
        }
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW.plusSeconds(6), dmp)) {
            bridge.work();
            assertThat(codes(bridge, first)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(codes(bridge, second)).containsExactly(Outcome.DOCUMENT_FILED);
        }
        assertThat(dmp.inForce()).containsExactly(SECOND);
    }

    @Test
    void aDocumentThatGivesWayAsksNobodySaysSoOnceAndWaitsLongerEachTime() {
        Delivery mail;
        List<Event> traced = new ArrayList<>();
        List<Boolean> tried = new ArrayList<>();
        try (TestBridge bridge = bridge()) {
            mail = bridge.accept(together(replacing(FIRST, plain(SECOND)), plain(FIRST)));
            bridge.steps.find();
            tried.add(bridge.steps.file());
            // a worker has the other one in hand, and takes its time
            bridge.documents.nextOpen();
            traced.addAll(events(bridge));
            for (long millis : List.of(200, 300, 400, 600, 800, 1_500)) {
                try (TestBridge later = new TestBridge(open(), "other", NOW.plusMillis(millis), dmp)) {
                    tried.add(later.steps.file());
                    traced.addAll(events(later));
                }
            }
        }
        assertThat(tried).containsExactly(true, true, false, true, false, true, false);
        assertThat(traced).containsOnlyOnce(Event.DOCUMENT_WAITING).doesNotContain(Event.CONSENT_DECIDED);
        try (TestBridge bridge = new TestBridge(open(), "other", NOW.plusSeconds(60), dmp)) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactly(Outcome.DOCUMENT_FILED);
        }
        assertThat(dmp.inForce()).containsExactly(SECOND);
    }

    /** The two have no document and no set in common that both would hold. */
    @Test
    void aDocumentWhosePlaceIsTakenMeanwhileSeeksAnotherOne() {
        Delivery third;
        try (TestBridge bridge = bridge();
                TestBridge other = new TestBridge(open(), "other", NOW, dmp)) {
            filed(bridge, version(FIRST, 1));
            filed(bridge, replacing(FIRST, ofSet("2.25.71", version(SECOND, 1))));
            Delivery fourth = bridge.accept(bare("<fourth@x>", ofSet("2.25.71", version(FOURTH, 2))));
            assertThat(bridge.steps.find()).isTrue();
            long claimed = bridge.documents.nextOpen().orElseThrow().id();
            third = bridge.accept(bare("<third@x>", replacing(FIRST, ofSet("2.25.72", version(THIRD, 1)))));
            dmp.beforeNextSubmission(() -> {
                other.documents.giveWay(claimed, NOW);
                other.work();
            });
            bridge.work();
            assertThat(codes(bridge, fourth)).containsExactly(Outcome.DOCUMENT_FILED);
            assertThat(codes(bridge, third)).containsExactly(Outcome.DMP_UNAVAILABLE);
        }
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW.plusSeconds(3), dmp)) {
            bridge.work();
            assertThat(codes(bridge, third)).containsExactly(Outcome.DOCUMENT_FILED);
        }
        assertThat(dmp.inForce()).containsExactly(THIRD);
    }

    private static List<Event> events(TestBridge bridge) {
        return bridge.traced().stream().map(TraceEntry::event).toList();
    }

    @Test
    void documentsThatComeTogetherAndNameEachOtherEnd() {
        Delivery mail;
        try (TestBridge bridge = bridge()) {
            mail = bridge.accept(together(replacing(FIRST, plain(SECOND)), replacing(SECOND, plain(FIRST))));
            bridge.work();
        }
        try (TestBridge bridge = new TestBridge(open(), "bridge-1", NOW.plusSeconds(60), dmp)) {
            bridge.work();
            assertThat(codes(bridge, mail)).containsExactlyInAnyOrder(Outcome.DOCUMENT_FILED, Outcome.VERSION_OUTDATED);
        }
    }

    @Test
    void replacementsOfOneDocumentByTwoBridgesLeaveOneInForce() throws InterruptedException {
        int replacements = 10;
        try (TestBridge one = bridge();
                TestBridge other = new TestBridge(open(), "other", NOW, dmp)) {
            filed(one, version(FIRST, 1));
            List<Delivery> mails = IntStream.range(0, replacements)
                    .mapToObj(i -> one.accept(bare(
                            "<mail" + i + "@x>", replacing(FIRST, ofSet("2.25.7" + i, version(SECOND + "." + i, 1))))))
                    .toList();
            List<Thread> workers = List.of(new Thread(one::work), new Thread(other::work), new Thread(other::work));
            workers.forEach(Thread::start);
            for (Thread worker : workers) {
                worker.join();
            }
            // those that gave way are due a moment later
            try (TestBridge later = new TestBridge(open(), "bridge-1", NOW.plusSeconds(5), dmp)) {
                later.work();
                assertThat(mails.stream().flatMap(mail -> codes(later, mail).stream()))
                        .hasSize(replacements)
                        .containsOnly(Outcome.DOCUMENT_FILED);
            }
        }
        assertThat(dmp.inForce()).hasSize(1);
    }

    /** Until it is written down that a document is filed, another one of its line would not see it. */
    @Test
    void noOtherDocumentOfALineIsFiledUntilItIsWrittenDownThatOneIs() {
        List<Boolean> isFree = new ArrayList<>();
        try (TestBridge bridge = bridge();
                LedgerDatabase database = open()) {
            FilingLocks locks =
                    new FilingLocks(database, new Worker("other", TestBridge.LEASE, Clock.fixed(NOW, ZoneOffset.UTC)));
            bridge.whenTraced(
                    Event.DOCUMENT_FILED,
                    () -> isFree.add(locks.acquire(List.of("id:" + FIRST)).isPresent()));
            filed(bridge, replacing(FIRST, plain(SECOND)));

            assertThat(isFree).containsExactly(false);
            assertThat(locks.acquire(List.of("id:" + FIRST))).isPresent();
        }
    }

    /** The next version of the set would replace the same one. */
    @Test
    void theSetOfWhatADocumentReplacesIsHeldWhileItIsFiled() {
        List<Boolean> isFree = new ArrayList<>();
        try (TestBridge bridge = bridge();
                LedgerDatabase database = open()) {
            FilingLocks locks =
                    new FilingLocks(database, new Worker("other", TestBridge.LEASE, Clock.fixed(NOW, ZoneOffset.UTC)));
            filed(bridge, ofSet("2.25.71", version(FIRST, 1)));
            bridge.whenTraced(
                    Event.DOCUMENT_FILED,
                    () -> isFree.add(locks.acquire(List.of("set:2.25.71")).isPresent()));
            filed(bridge, replacing(FIRST, ofSet("2.25.72", version(SECOND, 1))));

            assertThat(isFree).containsExactly(false);
        }
    }

    private static byte[] together(String one, String other) {
        return Samples.mail(Samples.multipart(
                "mixed",
                "b",
                Samples.part("text/xml", "ONE.XML", Samples.utf8(one)),
                Samples.part("text/xml", "OTHER.XML", Samples.utf8(other))));
    }

    private static void filed(TestBridge bridge, String document) {
        assertThat(outcome(bridge, document)).isEqualTo(Outcome.DOCUMENT_FILED);
    }

    private static void refused(TestBridge bridge, String document) {
        assertThat(outcome(bridge, document)).isEqualTo(Outcome.VERSION_OUTDATED);
    }

    private static Outcome outcome(TestBridge bridge, String document) {
        Delivery mail = bridge.accept(bare("<" + bridge.traced().size() + "@x>", document));
        bridge.work();
        return codes(bridge, mail).get(0);
    }

    private static String lastDetail(TestBridge bridge) {
        return bridge.traced().get(bridge.traced().size() - 1).fields().get(Field.DETAIL);
    }

    /** A document of the older models, without set and version. */
    private static String plain(String id) {
        return withoutSet(withoutVersion(version(id, 1)));
    }

    private TestBridge bridge() {
        return new TestBridge(open(), "bridge-1", NOW, dmp);
    }
}
