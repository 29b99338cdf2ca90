package org.mssante.annuaire.publish;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.registry.TakenMailbox;
import org.mssante.core.id.MailAddress;

/** What has to be told to the annuaire national, from what it has taken to what we publish. */
final class PublicationPlan {
    private final Map<MailAddress, TakenMailbox> taken;
    private final Set<MailAddress> seen;
    private final List<PublicationOrder> orders = new ArrayList<>();

    /**
     * @param taken what the destination has taken from us
     * @param seen our addresses that the public extract shows, published by whomever before us
     */
    PublicationPlan(Map<MailAddress, TakenMailbox> taken, Set<MailAddress> seen) {
        this.taken = taken;
        this.seen = seen;
    }

    void add(Registration registration) {
        order(registration).ifPresent(orders::add);
    }

    /** What must not be shown any more is told first: nothing else may keep it waiting. */
    List<PublicationOrder> orders() {
        return orders.stream()
                .sorted(Comparator.comparing(order -> !(order instanceof PublicationOrder.Withdraw)))
                .toList();
    }

    private Optional<PublicationOrder> order(Registration registration) {
        Optional<PublicMailbox> wanted = PublicMailbox.of(registration);
        Optional<TakenMailbox> present = Optional.ofNullable(taken.get(registration.address()));
        if (present.isEmpty()) {
            return first(registration, wanted);
        }
        if (present.get().isWithdrawn()) {
            return wanted.map(PublicationOrder.Publish::new);
        }
        String carrier = present.get().carrier();
        if (wanted.filter(mailbox -> mailbox.carrier().nationalId().equals(carrier))
                .isEmpty()) {
            // at its new carrier it is published once it is gone from the old one
            return Optional.of(
                    withdrawal(registration, Carrier.of(registration.mailbox().type(), carrier)));
        }
        return wanted.filter(mailbox -> !mailbox.remembered().equals(present.get()))
                .map(PublicationOrder.Update::new);
    }

    /** Of a mailbox never sent to this destination. One that must not be shown is named to it only where it is shown already. */
    private Optional<PublicationOrder> first(Registration registration, Optional<PublicMailbox> wanted) {
        boolean isSeen = seen.contains(registration.address());
        if (wanted.isPresent()) {
            return wanted.map(
                    mailbox -> isSeen ? new PublicationOrder.Update(mailbox) : new PublicationOrder.Publish(mailbox));
        }
        return isSeen ? Optional.of(withdrawal(registration, Carrier.of(registration.mailbox()))) : Optional.empty();
    }

    private static PublicationOrder withdrawal(Registration registration, Carrier carrier) {
        return new PublicationOrder.Withdraw(
                registration.address(), registration.mailbox().type(), carrier);
    }
}
