package org.mssante.dmp.bridge.ledger;

import java.time.Instant;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;

/**
 * A document as an operator sees it in the queue: nothing of the patient.
 *
 * @param source where it stood in its mail
 * @param rule of the decision about the patient's rights, with its inputs
 * @param dueAt the next attempt
 * @param freedAt when its content, and that of its mail, was freed
 * @param decision what a person said of it
 * @param form what the operator's rules note about its form
 * @param outcome the last one, empty before the first attempt
 */
public record QueuedDocument(
        long id,
        String messageId,
        String source,
        Optional<String> documentId,
        DocumentState state,
        Optional<Outcome> outcome,
        String detail,
        Optional<String> rule,
        Optional<String> ruleInputs,
        Optional<Instant> decidedAt,
        int attempts,
        int failures,
        Instant foundAt,
        Instant dueAt,
        Optional<Instant> doneAt,
        Optional<Instant> freedAt,
        Optional<PersonDecision> decision,
        Optional<String> form) {}
