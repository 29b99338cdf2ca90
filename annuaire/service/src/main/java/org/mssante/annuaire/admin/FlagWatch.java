package org.mssante.annuaire.admin;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.core.health.Alarm;
import org.mssante.core.health.Finding;
import org.mssante.core.health.Watch;
import org.mssante.core.id.MailAddress;
import org.mssante.core.metrics.Metric;

/** How many open mailboxes the register speaks against: somebody has to suspend, close or hand them over. */
public final class FlagWatch implements Watch {
    private final MailboxRegistry registry;
    private final RegisterFlags flags;

    public FlagWatch(MailboxRegistry registry, RegisterFlags flags) {
        this.registry = registry;
        this.flags = flags;
    }

    @Override
    public String subject() {
        return "mailboxes";
    }

    @Override
    public List<Finding> look() {
        List<RegisterFlag> open = open();
        Optional<Instant> first = open.stream().map(RegisterFlag::since).min(Comparator.naturalOrder());
        return first
                .map(since -> new Finding(
                        Alarm.MAILBOXES_FLAGGED,
                        open.size() + ", the first since " + since + "; ./mssante annuaire review lists them"))
                .stream()
                .toList();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.gauge(
                "mssante_mailboxes_flagged",
                "Open mailboxes whose holder or structure the register does not hold any more.",
                open().size()));
    }

    private List<RegisterFlag> open() {
        return flags.all().values().stream()
                .filter(flag -> isOpen(flag.address()))
                .toList();
    }

    private boolean isOpen(MailAddress address) {
        return registry.find(address)
                .filter(registration -> registration.mailbox().isActive())
                .isPresent();
    }
}
