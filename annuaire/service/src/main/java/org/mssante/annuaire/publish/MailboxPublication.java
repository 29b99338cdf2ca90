package org.mssante.annuaire.publish;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.Publication;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.TakenMailbox;
import org.mssante.annuaire.registry.TakenMailboxes;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.Field;
import org.mssante.core.trace.Trace;
import org.mssante.core.trace.TraceEntry;

/** Brings the annuaire national to the state of our registry, run by run. Thread-safe: one run at a time. */
public final class MailboxPublication {
    private static final PublicationAnswer NO_ANSWER = new PublicationAnswer.Later("not handed over");
    private static final PublicationAnswer REHEARSED = new PublicationAnswer.Later("would be sent");

    private final MailboxRegistry registry;
    private final TakenMailboxes taken;
    private final RegisterMemory memory;
    private final AnnuairePublisher publisher;
    private final Trace trace;

    /**
     * One line of a report.
     *
     * @param last when the destination took what it was told before of this mailbox; empty where it took nothing yet
     */
    public record Line(PublicationOrder order, PublicationAnswer answer, Optional<Instant> last) {}

    public MailboxPublication(
            MailboxRegistry registry,
            TakenMailboxes taken,
            RegisterMemory memory,
            AnnuairePublisher publisher,
            Trace trace) {
        this.registry = registry;
        this.taken = taken;
        this.memory = memory;
        this.publisher = publisher;
        this.trace = trace;
    }

    /** What would be sent; nothing is. */
    public synchronized List<Line> rehearse() {
        Map<MailAddress, Instant> times = taken.times();
        return plan().stream().map(order -> line(order, REHEARSED, times)).toList();
    }

    /**
     * Sends what differs. A mailbox that moves to another carrier is withdrawn, and then published there.
     *
     * @param actor who wants it
     * @throws IOException where the orders cannot be handed over; what was accepted before is remembered
     */
    public synchronized List<Line> send(String actor) throws IOException {
        List<Line> lines = new ArrayList<>(submit(plan(), actor));
        List<PublicationOrder> withdrawn = lines.stream()
                .filter(line -> line.answer() instanceof PublicationAnswer.Accepted)
                .map(Line::order)
                .filter(PublicationOrder.Withdraw.class::isInstance)
                .toList();
        List<PublicationOrder> moved = plan().stream()
                .filter(order ->
                        withdrawn.stream().anyMatch(before -> before.address().equals(order.address())))
                .toList();
        lines.addAll(submit(moved, actor));
        return lines;
    }

    private List<PublicationOrder> plan() {
        PublicationPlan plan = new PublicationPlan(
                taken.here(),
                memory.publications().stream().map(Publication::address).collect(Collectors.toSet()));
        registry.forEach(plan::add);
        return plan.orders();
    }

    private List<Line> submit(List<PublicationOrder> orders, String actor) throws IOException {
        if (orders.isEmpty()) {
            return List.of();
        }
        Map<MailAddress, Instant> times = taken.times();
        Map<PublicationOrder, PublicationAnswer> answers = new LinkedHashMap<>();
        publisher.submit(orders, (order, answer) -> {
            answers.put(order, answer);
            settle(order, answer, actor);
        });
        return orders.stream()
                .map(order -> line(order, answers.getOrDefault(order, NO_ANSWER), times))
                .toList();
    }

    private static Line line(PublicationOrder order, PublicationAnswer answer, Map<MailAddress, Instant> times) {
        return new Line(order, answer, Optional.ofNullable(times.get(order.address())));
    }

    private void settle(PublicationOrder order, PublicationAnswer answer, String actor) {
        boolean accepted = answer instanceof PublicationAnswer.Accepted;
        if (accepted || answer instanceof PublicationAnswer.Refused) {
            trace.record(TraceEntry.of(accepted ? Event.PUBLICATION_ACCEPTED : Event.PUBLICATION_REFUSED)
                    .with(Field.ACTOR, actor)
                    .with(Field.ON_BEHALF_OF, order.address())
                    .with(Field.REPLY, answer.words())
                    .with(Field.DETAIL, order.action()));
        }
        if (accepted) {
            taken.record(remembered(order));
        }
    }

    private static TakenMailbox remembered(PublicationOrder order) {
        if (order instanceof PublicationOrder.Publish publish) {
            return publish.mailbox().remembered();
        }
        if (order instanceof PublicationOrder.Update update) {
            return update.mailbox().remembered();
        }
        return new TakenMailbox(order.address(), order.carrier().nationalId(), Optional.empty());
    }
}
