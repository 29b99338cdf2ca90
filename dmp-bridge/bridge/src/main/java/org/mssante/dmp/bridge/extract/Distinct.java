package org.mssante.dmp.bridge.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.core.outcome.Outcome;

/**
 * Takes each document of a mail once. The same bytes twice are one document: in a package and bare, in a message and its
 * forwarded copy. A bare copy of a document that a package announces, by the identifier, adds nothing whatever its bytes:
 * what the package's metadata say of the document, its masks or its refusal, must not be undone by a copy beside it.
 * Where packages ask for different masks nobody can say which count; where a part cannot be read, or where a package is announced and a
 * part cannot be opened, nobody can say what it asks for the bare documents beside it: neither is filed.
 */
final class Distinct {
    private Distinct() {}

    /** A refusal counts before a document of the same bytes, a document with the sender's metadata before one without. */
    static List<Extracted> documents(List<Extracted> found) {
        return ofBytes(ofIdentifiers(unread(contradicted(found))));
    }

    /** The same of a mail whose subject, or that of a mail inside it, announces a package. */
    static List<Extracted> announcedDocuments(List<Extracted> found) {
        return ofBytes(unopened(ofIdentifiers(unread(contradicted(found)))));
    }

    /** Refuses what packages announce, by its identifier or its bytes, with one mask here and another there. */
    private static List<Extracted> contradicted(List<Extracted> found) {
        Map<Object, Set<Set<String>>> masks = new HashMap<>();
        for (Extracted result : found) {
            if (result instanceof Extracted.Document document && document.announced()) {
                names(document)
                        .forEach(name -> masks.computeIfAbsent(name, key -> new HashSet<>())
                                .add(Set.copyOf(document.metadata().restrictions())));
            }
        }
        return found.stream()
                .map(result -> result instanceof Extracted.Document document
                                && document.announced()
                                && names(document)
                                        .anyMatch(name -> masks.get(name).size() > 1)
                        ? refused(
                                document,
                                Outcome.MASKS_DIFFER,
                                "packages of the same mail ask for different masks for this document")
                        : result)
                .toList();
    }

    /** What a document is known by. */
    private static Stream<Object> names(Extracted.Document document) {
        return Stream.concat(Stream.of(document.bytes()), document.id().stream());
    }

    /** Refuses bare documents beside a part nobody could look into: it may be the package that masks them. */
    private static List<Extracted> unread(List<Extracted> found) {
        Optional<Extracted.Refused> unread = found.stream()
                .flatMap(result -> result instanceof Extracted.Refused refused && refused.isUnread()
                        ? Stream.of(refused)
                        : Stream.empty())
                .findFirst();
        return unread.map(part -> found.stream()
                        .map(result -> result instanceof Extracted.Document document && !document.announced()
                                ? refused(
                                        document,
                                        part.outcome(),
                                        "a part of the same mail cannot be read, and may ask for masks for this document")
                                : result)
                        .toList())
                .orElse(found);
    }

    /** Refuses what no package speaks of beside a part that nobody could open: it may be the package that is announced. */
    private static List<Extracted> unopened(List<Extracted> found) {
        if (found.stream().noneMatch(Extracted.Noted.class::isInstance)) {
            return found;
        }
        Set<DocumentBytes> announced = found.stream()
                .filter(result -> result instanceof Extracted.Document document && document.announced())
                .flatMap(result -> bytes(result).stream())
                .collect(Collectors.toSet());
        return found.stream()
                .map(result -> result instanceof Extracted.Document document && !announced.contains(document.bytes())
                        ? refused(
                                document,
                                Outcome.XDM_UNREADABLE,
                                "a part of the same mail cannot be opened, and may be the package that the subject announces,"
                                        + " with masks for this document")
                        : result)
                .toList();
    }

    private static Extracted refused(Extracted.Document document, Outcome outcome, String detail) {
        return new Extracted.Refused(document.source(), document.id(), Optional.of(document.bytes()), outcome, detail);
    }

    /** Leaves to the packages what they announce. */
    private static List<Extracted> ofIdentifiers(List<Extracted> found) {
        Map<String, Set<DocumentBytes>> announced = new HashMap<>();
        for (Extracted result : found) {
            announcedId(result)
                    .ifPresent(id -> announced
                            .computeIfAbsent(id, key -> new HashSet<>())
                            .addAll(bytes(result).stream().toList()));
        }
        return found.stream()
                .map(result -> result instanceof Extracted.Document document && !document.announced()
                        ? beside(document.id().flatMap(id -> Optional.ofNullable(announced.get(id))), document)
                        : result)
                .toList();
    }

    /** @param announced the documents of its identifier that packages announce, where there are any */
    private static Extracted beside(Optional<Set<DocumentBytes>> announced, Extracted.Document document) {
        return announced.isEmpty() || announced.get().contains(document.bytes())
                ? document
                : copy(document, announced.get());
    }

    private static Extracted copy(Extracted.Document document, Set<DocumentBytes> announced) {
        if (announced.stream().anyMatch(document.bytes()::differsInLineEndsOnly)) {
            return new Extracted.Ignored(
                    document.source(), "a copy, with other line ends, of a document that a package announces");
        }
        return refused(
                document,
                Outcome.DOCUMENT_ID_REUSED,
                "a package of the same mail announces another document of this identifier");
    }

    /** Of what came in a package, or is refused for what its mail says: a bare document that cannot be read has none. */
    private static Optional<String> announcedId(Extracted result) {
        if (result instanceof Extracted.Document document) {
            return document.announced() ? document.id() : Optional.empty();
        }
        return result instanceof Extracted.Refused refused ? refused.documentId() : Optional.empty();
    }

    private static Optional<DocumentBytes> bytes(Extracted result) {
        if (result instanceof Extracted.Document document) {
            return Optional.of(document.bytes());
        }
        return result instanceof Extracted.Refused refused ? refused.bytes() : Optional.empty();
    }

    private static List<Extracted> ofBytes(List<Extracted> found) {
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
