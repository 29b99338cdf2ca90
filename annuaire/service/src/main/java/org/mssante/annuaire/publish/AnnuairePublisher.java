package org.mssante.annuaire.publish;

import java.io.IOException;
import java.util.List;

/** The port to the annuaire national. */
public interface AnnuairePublisher {
    /** Takes each answer as soon as it counts. */
    @FunctionalInterface
    interface Answers {
        void take(PublicationOrder order, PublicationAnswer answer);
    }

    /**
     * Hands the orders over in their sequence. Each has its answer when this returns.
     *
     * @throws IOException where nothing more can be handed over for a reason of our own; orders without an answer count as
     *     not handed over
     */
    void submit(List<PublicationOrder> orders, Answers answers) throws IOException;
}
