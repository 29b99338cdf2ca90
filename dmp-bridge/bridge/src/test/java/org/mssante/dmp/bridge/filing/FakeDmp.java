package org.mssante.dmp.bridge.filing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.answer.Answer;
import org.mssante.dmp.xds.iti18.RegistryClient;
import org.mssante.dmp.xds.iti41.ProvideAndRegisterClient;
import org.mssante.dmp.xds.iti41.Registered;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.metadata.Availability;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.Hash;
import org.mssante.dmp.xds.td02.DmpState;
import org.mssante.dmp.xds.td02.ExistenceClient;

/** A DMP in memory that behaves, or misbehaves, as a test says. */
public final class FakeDmp implements ProvideAndRegisterClient, RegistryClient, ExistenceClient {
    /** The message of what {@link #failing} makes it throw, as libraries write them. */
    static final String DEFECT = "what the document says";

    private final Map<String, DocumentEntry> documents = new LinkedHashMap<>();
    private final List<Submission> submissions = new ArrayList<>();
    private final List<String> replaced = new ArrayList<>();
    private DmpState state = DmpState.ACTIVE;
    private boolean down;
    private boolean failing;
    private boolean refusingQuestions;
    private boolean hiding;
    private int answersToLose;
    private Runnable beforeNextSubmission = () -> {};
    private Optional<String> refusal = Optional.empty();
    private int submissionsToRefuse;

    public synchronized FakeDmp state(DmpState newState) {
        state = newState;
        return this;
    }

    public synchronized FakeDmp down(boolean isDown) {
        down = isDown;
        return this;
    }

    /** A client that breaks, as a defect of ours would. */
    public synchronized FakeDmp failing(boolean isFailing) {
        failing = isFailing;
        return this;
    }

    /** A registry that answers no question. */
    public synchronized FakeDmp refusingQuestions(boolean isRefusing) {
        refusingQuestions = isRefusing;
        return this;
    }

    /** A registry that shows nothing of what the repository holds. */
    public synchronized FakeDmp hiding(boolean isHiding) {
        hiding = isHiding;
        return this;
    }

    /** This happens once the next submission is on its way, before the DMP looks at it. */
    public synchronized FakeDmp beforeNextSubmission(Runnable happens) {
        beforeNextSubmission = happens;
        return this;
    }

    /** The next submission does not arrive. */
    public synchronized FakeDmp refuseNextSubmission() {
        submissionsToRefuse++;
        return this;
    }

    /** Submissions are refused with this code; empty for no longer. */
    public synchronized FakeDmp refusing(Optional<String> code) {
        refusal = code;
        return this;
    }

    /** The next submission is registered, but its answer does not arrive. */
    public synchronized FakeDmp loseNextAnswer() {
        answersToLose++;
        return this;
    }

    /** A document that came by another way. */
    public synchronized FakeDmp holds(DocumentEntry entry, byte[] bytes) {
        register(entry, Hash.sha1(bytes));
        return this;
    }

    public synchronized List<String> documentIds() {
        return List.copyOf(documents.keySet());
    }

    /** The documents that a reader of the DMP finds first. */
    public synchronized List<String> inForce() {
        return documents.values().stream()
                .filter(entry -> inForce(entry.id()).isPresent())
                .map(DocumentEntry::uniqueId)
                .toList();
    }

    /** Somebody else changes the status of a document. */
    public synchronized void availability(String documentId, Availability status) {
        documents.computeIfPresent(
                documentId,
                (id, entry) -> entry.toBuilder().availability(status).build());
    }

    private Optional<DocumentEntry> inForce(String entryId) {
        return documents.values().stream()
                .filter(entry -> entry.id().equals(entryId)
                        && entry.availability()
                                .filter(Availability.APPROVED::equals)
                                .isPresent())
                .findFirst();
    }

    public synchronized DocumentEntry held(String documentId) {
        return documents.get(documentId);
    }

    public synchronized int submissions() {
        return submissions.size();
    }

    public synchronized List<Submission> submitted() {
        return List.copyOf(submissions);
    }

    public synchronized List<String> replaced() {
        return List.copyOf(replaced);
    }

    @Override
    public synchronized Answer<Registered> submit(Submission submission) {
        Runnable before = beforeNextSubmission;
        beforeNextSubmission = () -> {};
        before.run();
        submissions.add(submission);
        if (failing) {
            throw new IllegalStateException(DEFECT);
        }
        if (down || submissionsToRefuse > 0) {
            submissionsToRefuse -= down ? 0 : 1;
            return new Answer.Unavailable<>("down");
        }
        if (refusal.isPresent()) {
            return new Answer.Refused<>(refusal.get(), "");
        }
        Hash hash = hash(submission);
        DocumentEntry known = documents.get(submission.entry().uniqueId());
        if (known != null) {
            return known.hash().filter(hash::equals).isPresent()
                    ? new Answer.Given<>(new Registered(true))
                    : new Answer.Refused<>(hiding ? "XDSDuplicateUniqueIdInRegistry" : "XDSNonIdenticalHash", "");
        }
        if (submission.replaces().isPresent()) {
            Optional<DocumentEntry> old = inForce(submission.replaces().get());
            if (old.isEmpty()) {
                return new Answer.Refused<>("XDSRegistryDeprecatedDocumentError", "");
            }
            replaced.add(old.get().id());
            availability(old.get().uniqueId(), Availability.DEPRECATED);
        }
        register(submission.entry(), hash);
        if (answersToLose > 0) {
            answersToLose--;
            return new Answer.Unavailable<>("time-out");
        }
        return new Answer.Given<>(new Registered(false));
    }

    @Override
    public synchronized Answer<List<DocumentEntry>> findDocuments(Ins patient) {
        return new Answer.Given<>(List.copyOf(documents.values()));
    }

    @Override
    public synchronized Answer<List<DocumentEntry>> getDocuments(String uniqueId, Optional<Ins> patient) {
        if (down) {
            return new Answer.Unavailable<>("down");
        }
        if (refusingQuestions) {
            return new Answer.Refused<>("XDSRegistryBusy", "");
        }
        return new Answer.Given<>(
                documents.containsKey(uniqueId) && !hiding ? List.of(documents.get(uniqueId)) : List.of());
    }

    @Override
    public synchronized Answer<DmpState> state(Ins patient) {
        return down ? new Answer.Unavailable<>("down") : new Answer.Given<>(state);
    }

    private void register(DocumentEntry entry, Hash hash) {
        documents.put(
                entry.uniqueId(),
                entry.toBuilder()
                        .id("urn:uuid:" + entry.uniqueId())
                        .hash(hash)
                        .availability(Availability.APPROVED)
                        .build());
    }

    private static Hash hash(Submission submission) {
        try (InputStream in = submission.content().open()) {
            return Hash.sha1(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
