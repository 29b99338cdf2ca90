package org.mssante.dmp.bridge.admin;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mssante.core.control.ControlAnswer;
import org.mssante.core.control.ControlRequest;
import org.mssante.core.control.ControlRoutes;
import org.mssante.core.outcome.Outcome;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;
import org.mssante.dmp.bridge.extract.UnnamedSource;
import org.mssante.dmp.bridge.ledger.DocumentQueue;
import org.mssante.dmp.bridge.ledger.DocumentState;
import org.mssante.dmp.bridge.ledger.PersonDecision;
import org.mssante.dmp.bridge.ledger.QueuedDocument;

/**
 * The documents as an operator sees them and starts them again. A name is a uniqueId or a Message-ID, in brackets or bare:
 *
 * <ul>
 *   <li>{@code GET /documents?limit=N}: what waits or has stopped, the oldest first
 *   <li>{@code GET /documents/NAME}: what is known of those of that name, whatever became of them
 *   <li>{@code GET /documents/NAME/explanation}: the same in words
 *   <li>{@code POST /documents/NAME/retry}: due now, their failures forgotten
 *   <li>{@code POST /documents/NAME/file?reason=…}: a person wants those filed that wait for his word
 *   <li>{@code POST /documents/NAME/discard?reason=…}: he does not; the sender is told as of any refusal
 * </ul>
 */
public final class DocumentDesk {
    private static final int LIMIT = 10_000;
    private static final String DEFAULT_LIMIT = "100";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String NAME = "name";
    private static final String REASON = "reason";
    private static final int LONGEST_REASON = 1_000;

    private final DocumentQueue queue;
    private final Trace trace;
    private final Runnable restarted;
    private final Clock clock;

    /** @param restarted is called once documents are due */
    public DocumentDesk(DocumentQueue queue, Trace trace, Runnable restarted, Clock clock) {
        this.queue = queue;
        this.trace = trace;
        this.restarted = restarted;
        this.clock = clock;
    }

    public ControlRoutes routes() {
        return ControlRoutes.none()
                .get("/documents", this::list)
                .get("/documents/{name}", request -> onDocuments(request, DocumentDesk::json))
                .get("/documents/{name}/explanation", request -> onDocuments(request, DocumentDesk::explanation))
                .post("/documents/{name}/retry", request -> onDocuments(request, found -> retry(request, found)))
                .post("/documents/{name}/file", request -> onDocuments(request, found -> file(request, found)))
                .post("/documents/{name}/discard", request -> onDocuments(request, found -> discard(request, found)));
    }

    private ControlAnswer list(ControlRequest request) {
        Optional<Integer> limit = limit(request.value("limit").orElse(DEFAULT_LIMIT));
        return limit.isPresent()
                ? json(queue.unfinished(limit.get()))
                : ControlAnswer.refused(
                        ControlAnswer.WRONG, "The limit is not a number from 1 to " + LIMIT + ": choose another.");
    }

    private ControlAnswer onDocuments(ControlRequest request, Function<List<QueuedDocument>, ControlAnswer> work) {
        List<QueuedDocument> found = queue.documents(withoutBrackets(request.place(NAME)));
        return found.isEmpty()
                ? ControlAnswer.refused(
                        ControlAnswer.UNKNOWN,
                        "The bridge knows no such document and no mail of that Message-ID with documents: ./mssante"
                                + " explain shows how far a mail came.")
                : work.apply(found);
    }

    private ControlAnswer retry(ControlRequest request, List<QueuedDocument> found) {
        List<QueuedDocument> open = found.stream()
                .filter(document -> !document.state().isFinal() && document.state() != DocumentState.ASKED)
                .toList();
        open.forEach(document -> trace(request, document));
        List<QueuedDocument> started =
                open.stream().filter(document -> queue.retry(document.id())).toList();
        if (started.isEmpty()) {
            return ControlAnswer.refused(
                    ControlAnswer.IMPOSSIBLE,
                    "Nothing of that name waits or has stopped: dmp explain says what became of it.");
        }
        restarted.run();
        return ControlAnswer.text(TEXT, named(started, " is due now."));
    }

    private ControlAnswer file(ControlRequest request, List<QueuedDocument> found) {
        return decide(request, found, PersonDecision.Verdict.FILE, queue::release, " is to be filed.");
    }

    private ControlAnswer discard(ControlRequest request, List<QueuedDocument> found) {
        return request.value(REASON).isPresent()
                ? decide(request, found, PersonDecision.Verdict.DISCARD, queue::discard, " is not filed.")
                : ControlAnswer.refused(ControlAnswer.WRONG, "Nothing was done: say why, with a reason.");
    }

    /** How the ledger takes a person's word; false where nobody waits for it. */
    private interface Taking {
        boolean take(long document, PersonDecision decision);
    }

    private ControlAnswer decide(
            ControlRequest request,
            List<QueuedDocument> found,
            PersonDecision.Verdict verdict,
            Taking taking,
            String done) {
        Optional<String> reason = request.value(REASON);
        if (reason.filter(text -> text.length() > LONGEST_REASON).isPresent()) {
            return ControlAnswer.refused(
                    ControlAnswer.WRONG, "The reason is longer than " + LONGEST_REASON + " characters: shorten it.");
        }
        PersonDecision decision = new PersonDecision(verdict, request.caller(), clock.instant(), reason);
        List<QueuedDocument> asked = found.stream()
                .filter(document -> document.state() == DocumentState.ASKED)
                .toList();
        asked.forEach(document -> trace.record(TraceEntry.of(Event.FILING_DECIDED)
                .message(document.messageId())
                .with(Field.DOCUMENT_ID, document.documentId())
                .with(Field.ACTOR, "operator " + request.caller())
                .with(Field.RULE, verdict)
                .with(Field.REASON, reason)));
        List<QueuedDocument> taken = asked.stream()
                .filter(document -> taking.take(document.id(), decision))
                .toList();
        if (taken.isEmpty()) {
            return ControlAnswer.refused(
                    ControlAnswer.IMPOSSIBLE,
                    "Nothing of that name waits for a decision: dmp explain says what became of it.");
        }
        if (verdict == PersonDecision.Verdict.DISCARD) {
            taken.forEach(document -> trace.record(TraceEntry.of(Event.DOCUMENT_REFUSED)
                    .message(document.messageId())
                    .with(Field.DOCUMENT_ID, document.documentId())
                    .outcome(Outcome.FILING_DECLINED)));
        }
        restarted.run();
        return ControlAnswer.text(TEXT, named(taken, done));
    }

    private static String named(List<QueuedDocument> documents, String what) {
        return documents.stream()
                .map(document ->
                        document.documentId().orElseGet(() -> UnnamedSource.of(document.source())) + what + "\n")
                .collect(Collectors.joining());
    }

    /** Recorded before it is done, as everything an operator does. */
    private void trace(ControlRequest request, QueuedDocument document) {
        trace.record(TraceEntry.of(Event.OPERATOR_RETRIED)
                .message(document.messageId())
                .with(Field.DOCUMENT_ID, document.documentId())
                .with(Field.ACTOR, "operator " + request.caller())
                .with(Field.RULE, "documents"));
    }

    private static ControlAnswer json(List<QueuedDocument> documents) {
        return ControlAnswer.json(json -> new DocumentJson(json).write(documents));
    }

    private static ControlAnswer explanation(List<QueuedDocument> documents) {
        return ControlAnswer.text(
                TEXT, documents.stream().map(DocumentWords::of).collect(Collectors.joining()));
    }

    private static Optional<Integer> limit(String text) {
        return text.matches("[0-9]{1,5}")
                ? Optional.of(Integer.valueOf(text)).filter(limit -> limit >= 1 && limit <= LIMIT)
                : Optional.empty();
    }

    /** A Message-ID as mails write it, {@code <id>}, or bare. */
    private static String withoutBrackets(String name) {
        return name.startsWith("<") && name.endsWith(">") ? name.substring(1, name.length() - 1) : name;
    }
}
