package org.mssante.launcher.demo;

import java.time.Duration;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.launcher.explain.DocumentEnd;
import org.mssante.launcher.explain.MessageLife;
import org.mssante.launcher.explain.MessageWatch;

/** Waits for the end of the one document of a message, as the bridge wrote it down. */
final class DocumentFate {
    private final MessageWatch watch;
    private final Duration patience;

    DocumentFate(MessageWatch watch, Duration patience) {
        this.watch = watch;
        this.patience = patience;
    }

    Optional<Outcome> await(DemoMail mail) {
        MessageLife life =
                watch.await(mail.id(), patience, seen -> end(seen, mail).isPresent());
        return end(life, mail);
    }

    private static Optional<Outcome> end(MessageLife life, DemoMail mail) {
        return life.documentEnds().stream()
                .filter(end -> end.documentId()
                        .filter(mail.report().documentId()::equals)
                        .isPresent())
                .map(DocumentEnd::outcome)
                .findFirst();
    }
}
