package org.mssante.server.storage.quota;

import java.time.Clock;
import java.util.Set;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.events.Event;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventListener;
import org.apache.james.events.Group;
import org.apache.james.mailbox.events.MailboxEvents.Added;
import org.apache.james.mailbox.events.MailboxEvents.Expunged;
import org.apache.james.mailbox.events.MailboxEvents.MailboxEvent;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.store.event.EventFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Says on the event bus how much a quota root uses once messages came or went. It changes nothing: the mappers did. */
public final class QuotaUsageEvents implements EventListener.ReactiveGroupEventListener {
    /** The name of this listener on the bus. */
    public static final class QuotaUsageGroup extends Group {}

    private static final Group GROUP = new QuotaUsageGroup();

    private final QuotaRootResolver roots;
    private final QuotaManager quotas;
    private final EventBus events;
    private final Clock clock;

    @Inject
    public QuotaUsageEvents(QuotaRootResolver roots, QuotaManager quotas, EventBus events, Clock clock) {
        this.roots = roots;
        this.quotas = quotas;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Group getDefaultGroup() {
        return GROUP;
    }

    @Override
    public boolean isHandling(Event event) {
        return event instanceof Added || event instanceof Expunged;
    }

    @Override
    public Publisher<Void> reactiveEvent(Event event) {
        return event instanceof MailboxEvent change ? usage(change, event.getUsername()) : Mono.empty();
    }

    private Mono<Void> usage(MailboxEvent change, Username user) {
        return Mono.from(roots.getQuotaRootReactive(change.getMailboxPath()))
                .flatMap(root -> Mono.from(quotas.getQuotasReactive(root))
                        .flatMap(usage -> events.dispatch(
                                EventFactory.quotaUpdated()
                                        .randomEventId()
                                        .user(user)
                                        .quotaRoot(root)
                                        .quotaCount(usage.getMessageQuota())
                                        .quotaSize(usage.getStorageQuota())
                                        .instant(clock.instant())
                                        .build(),
                                Set.of())));
    }
}
