package org.mssante.server.storage.events;

import javax.inject.Inject;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.EventSerializer;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.metrics.api.MetricFactory;

/**
 * What a bus works with.
 *
 * @param retries how often a group is asked before the event becomes a dead letter
 */
public record EventBusParts(
        MetricFactory metrics,
        RetryBackoffConfiguration retries,
        EventDeadLetters deadLetters,
        EventSerializer serializer) {
    @Inject
    public EventBusParts {}

    Node node() {
        return new Node(new Listeners(), new Delivery(metrics, retries, deadLetters));
    }
}
