package org.mssante.dmp.bridge.filing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.ListedDirectory;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.Ins;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Oid;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.extract.ExtractionLimits;
import org.mssante.dmp.bridge.extract.MailExtractor;
import org.mssante.dmp.bridge.extract.UnstatedQualification;
import org.mssante.dmp.bridge.ledger.ContentLedger;
import org.mssante.dmp.bridge.ledger.Delivery;
import org.mssante.dmp.bridge.ledger.DocumentLedger;
import org.mssante.dmp.bridge.ledger.DocumentOutcome;
import org.mssante.dmp.bridge.ledger.DocumentQueue;
import org.mssante.dmp.bridge.ledger.FilingLocks;
import org.mssante.dmp.bridge.ledger.LedgerDatabase;
import org.mssante.dmp.bridge.ledger.MessageLedger;
import org.mssante.dmp.bridge.ledger.MessageTooLargeException;
import org.mssante.dmp.bridge.ledger.ReceiptLedger;
import org.mssante.dmp.bridge.ledger.Worker;
import org.mssante.dmp.cda.Associations;
import org.mssante.dmp.cda.CdaLimits;
import org.mssante.dmp.cda.CdaMetadata;
import org.mssante.dmp.cda.CdaReader;
import org.mssante.dmp.cda.CdaSchema;
import org.mssante.dmp.cda.DocumentAssessor;
import org.mssante.dmp.cda.HeaderAssessor;
import org.mssante.dmp.cda.InsRules;
import org.mssante.dmp.cda.PatientIdentity;
import org.mssante.dmp.cda.SchemaRule;
import org.mssante.dmp.cda.Trait;
import org.mssante.dmp.consent.AuthorCheck;
import org.mssante.dmp.consent.ConsentCheck;
import org.mssante.dmp.consent.LocalOpposition;
import org.mssante.dmp.consent.LocalRights;
import org.mssante.dmp.consent.Strictness;
import org.mssante.dmp.consent.StructureCheck;

/** One instance of the bridge on a real database, without threads: a test takes each step. */
public final class TestBridge implements AutoCloseable {
    public static final Duration LEASE = Duration.ofMinutes(10);
    public static final Duration LONGEST_WAIT = Duration.ofDays(10);
    public static final int MAX_FAILURES = 3;
    private static final MailAddress RECIPIENT = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final long SPACE = 100_000_000;

    private final LedgerDatabase database;
    private final Worker worker;
    private final Clock clock;
    private final List<TraceEntry> traced = Collections.synchronizedList(new ArrayList<>());
    private final ListedDirectory directory = new ListedDirectory();
    private final Set<Event> untraceable = EnumSet.noneOf(Event.class);
    private final Map<Event, Runnable> meanwhile = new EnumMap<>(Event.class);
    private Optional<String> form = Optional.empty();
    public final MessageLedger messages;
    public final DocumentLedger documents;
    public final ReceiptLedger receipts;
    public final DocumentQueue queue;
    public final FilingSteps steps;

    public TestBridge(Path folder, String name, Instant now, FakeDmp dmp) {
        this(LedgerDatabase.embedded(folder, 4), name, now, dmp);
    }

    /** @param opened is closed with this bridge */
    public TestBridge(LedgerDatabase opened, String name, Instant now, FakeDmp dmp) {
        this(opened, name, now, dmp, OlderVersions.FILE);
    }

    /** @param opened is closed with this bridge */
    public TestBridge(LedgerDatabase opened, String name, Instant now, FakeDmp dmp, OlderVersions older) {
        clock = Clock.fixed(now, ZoneOffset.UTC);
        database = opened;
        worker = new Worker(name, LEASE, clock);
        FilingLocks locks = new FilingLocks(database, worker);
        locks.recover();
        messages = new MessageLedger(database, worker);
        documents = new DocumentLedger(database, worker);
        receipts = new ReceiptLedger(database, worker);
        queue = new DocumentQueue(database, worker);
        InsRules rules = new InsRules(List.of(Ins.NIR, Ins.NIR_TEST), false, EnumSet.allOf(Trait.class), false);
        PatientIdentity identity = new PatientIdentity(rules);
        HeaderAssessor assessor = new HeaderAssessor(
                identity, new CdaMetadata(Associations.shipped("10"), rules, ZoneId.of("Europe/Paris")));
        Endurance endurance =
                new Endurance(new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1)), MAX_FAILURES, LONGEST_WAIT);
        DocumentProcess process = new DocumentProcess(
                documents,
                locks,
                new DocumentProcess.Reading(new CdaReader(CdaLimits.DEFAULT), assessor),
                new DocumentProcess.Permission(
                        new ConsentCheck(
                                dmp,
                                patient -> new LocalRights(LocalOpposition.NONE, Set.of(), "test"),
                                new ConsentCheck.Authority(
                                        new AuthorCheck(
                                                directory::professional,
                                                new AuthorCheck.Rules(Strictness.NOTE, Strictness.NOTE)),
                                        new StructureCheck(directory, Strictness.NOTE))),
                        new FilingWishes(directory)),
                new DocumentProcess.Target(dmp, dmp, new SubmissionSource(new Oid("2.25.1")), older),
                endurance,
                this::trace,
                clock);
        steps = new FilingSteps(
                messages,
                documents,
                new DocumentFinder(
                        new MailExtractor(ExtractionLimits.DEFAULT, identity, UnstatedQualification.NOTE),
                        new DocumentAssessor(assessor, new CdaSchema(), SchemaRule.REFUSE),
                        bytes -> form,
                        documents,
                        this::trace),
                process,
                new FilingSteps.Space(new Room(SPACE), SPACE),
                endurance,
                clock);
    }

    public Delivery accept(byte[] mail) {
        try {
            return messages.accept(
                    "labo.test@demo.mssante.fr",
                    List.of(RECIPIENT.toString()),
                    new ByteArrayInputStream(mail),
                    10_000_000);
        } catch (MessageTooLargeException e) {
            throw new AssertionError(e);
        }
    }

    /** The annuaire knows the recipient from now on, and what he wants. */
    public TestBridge whereTheRecipientWants(DmpFiling filing) {
        directory.recover();
        directory.with(new Mailbox(
                RECIPIENT,
                MailboxType.PER,
                MailboxState.ACTIVE,
                "Dr Dominique TEST",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                SigningPolicy.NONE,
                filing));
        return this;
    }

    /** The annuaire does not answer from now on. */
    public TestBridge withoutAnnuaire() {
        directory.fail("it is away");
        return this;
    }

    /** The operator's rules note this about each document from now on. */
    public TestBridge noting(String words) {
        form = Optional.of(words);
        return this;
    }

    /** Works until nothing is due. */
    public void work() {
        while (steps.find() || steps.file()) {
            // each call does one piece
        }
    }

    public List<DocumentOutcome> outcomes(Delivery delivery) {
        return documents.outcomes(delivery.id());
    }

    /** Looks as often as it is called. */
    public ContentRetention retention(Duration kept) {
        return new ContentRetention(contents(), new ContentRetention.Kept(kept, Duration.ZERO), this::trace, clock);
    }

    public ContentLedger contents() {
        return new ContentLedger(database, worker);
    }

    /** The trace takes no such line from now on. */
    public void cannotTrace(Event event) {
        untraceable.add(event);
    }

    /** This happens while such a line is traced. */
    public void whenTraced(Event event, Runnable happens) {
        meanwhile.put(event, happens);
    }

    private void trace(TraceEntry entry) {
        if (untraceable.contains(entry.event())) {
            throw new UncheckedIOException(new IOException("the disk is full"));
        }
        meanwhile.getOrDefault(entry.event(), () -> {}).run();
        traced.add(entry);
    }

    public List<TraceEntry> traced() {
        return List.copyOf(traced);
    }

    @Override
    public void close() {
        database.close();
    }
}
