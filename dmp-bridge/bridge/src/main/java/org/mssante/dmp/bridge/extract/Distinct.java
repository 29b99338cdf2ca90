package org.mssante.dmp.bridge.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The same bytes twice in one mail are one document: in a package and bare, in a message and its forwarded copy. */
final class Distinct {
    private Distinct() {}

    /**
     * A refusal counts before a document of the same bytes (a copy beside the package must not undo what the package's
     * metadata showed), a document with the sender's metadata before one without.
     */
    static List<Extracted> documents(List<Extracted> found) {
        Set<DocumentBytes> refused = found.stream()
                .filter(Extracted.Refused.class::isInstance)
                .flatMap(result -> ((Extracted.Refused) result).bytes().stream())
                .collect(Collectors.toSet());
        Set<DocumentBytes> described = found.stream()
                .filter(result -> result instanceof Extracted.Document document
                        && !document.metadata().isEmpty())
                .map(result -> ((Extracted.Document) result).bytes())
                .collect(Collectors.toSet());
        Set<DocumentBytes> done = new LinkedHashSet<>();
        List<Extracted> distinct = new ArrayList<>();
        for (Extracted result : found) {
            if (result instanceof Extracted.Document document) {
                boolean better = described.contains(document.bytes())
                        && document.metadata().isEmpty();
                if (refused.contains(document.bytes()) || better || !done.add(document.bytes())) {
                    continue;
                }
            } else if (result instanceof Extracted.Refused refusal
                    && refusal.bytes().isPresent()
                    && !done.add(refusal.bytes().get())) {
                continue;
            }
            distinct.add(result);
        }
        return List.copyOf(distinct);
    }
}
