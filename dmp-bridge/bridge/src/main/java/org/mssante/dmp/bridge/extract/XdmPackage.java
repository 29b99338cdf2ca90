package org.mssante.dmp.bridge.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CdaReader;
import org.mssante.dmp.cda.CdaReading;
import org.mssante.dmp.cda.DocumentId;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.xdm.MetadataUnreadableException;
import org.mssante.dmp.xds.xdm.XdmMetadata;

/**
 * An IHE XDM package (ITI TF-2 §3.32): every folder with a METADATA.XML is one submission set. Folder and file names
 * are compared without case, at any level of the archive, as real packages need it.
 */
final class XdmPackage {
    private static final String METADATA = "metadata.xml";
    private static final int METADATA_DEPTH = 100;
    /** typeCode of a signature of the submission (ASTM E1762): it belongs to the sender's act, not to the record. */
    private static final String SIGNATURE_TYPE = "E1762";

    private final String source;
    private final List<ZipArchive.Member> members;
    private final CdaReader reader;
    private final PackageRules rules;
    private final AnnouncedPatient patients;
    private final Budget budget;
    private final XdmMetadata metadata;
    /** By path: each file is read once, however often it is announced. */
    private final Map<String, Read> files = new HashMap<>();

    private final Set<String> bound = new HashSet<>();

    /** @param budget of the mail that holds the package */
    XdmPackage(
            String source,
            ZipArchive archive,
            CdaReader reader,
            PackageRules rules,
            AnnouncedPatient patients,
            Budget budget,
            ExtractionLimits.MetadataLimits limits) {
        this.source = source;
        this.budget = budget;
        this.members = archive.all();
        this.reader = reader;
        this.rules = rules;
        this.patients = patients;
        this.metadata = new XdmMetadata(limits.maxBytes(), METADATA_DEPTH, limits.maxElements());
    }

    private record Read(DocumentBytes bytes, CdaReading reading) {}

    /** True where the archive holds submission sets. */
    boolean isXdm() {
        return members.stream().anyMatch(XdmPackage::isMetadata);
    }

    List<Extracted> extract() {
        List<Extracted> results = new ArrayList<>();
        Set<ZipArchive.Member> seen = new HashSet<>();
        Set<String> unreadableFolders = new HashSet<>();
        for (ZipArchive.Member member : members) {
            if (isMetadata(member)) {
                seen.add(member);
                try {
                    if (!budget.takeMetadata(member.content().length)) {
                        throw new MetadataUnreadableException(
                                MetadataUnreadableException.Reason.TOO_LARGE,
                                "The metadata of the mail are larger than " + metadata.maxOctets()
                                        + " octets, all packages together.");
                    }
                    SubmittedObjects objects = metadata.read(new ByteArrayInputStream(member.content()));
                    results.addAll(set(objects, member.folder(), seen));
                } catch (MetadataUnreadableException e) {
                    unreadableFolders.add(member.folder());
                    results.add(Extracted.Refused.of(sourceOf(member), outcome(e.reason()), e.getMessage()));
                } catch (IOException e) {
                    throw new UncheckedIOException("reading from memory failed", e);
                }
            }
        }
        for (ZipArchive.Member member : members) {
            if (!seen.contains(member) && !unreadableFolders.contains(member.folder())) {
                unannounced(member, results).ifPresent(results::add);
            }
        }
        return results;
    }

    /**
     * One submission set; {@code seen} takes the members it binds. Each document it announces counts as a part of the mail,
     * whether its file is there or not.
     */
    private List<Extracted> set(SubmittedObjects objects, String folder, Set<ZipArchive.Member> seen) {
        SubmissionCheck check = new SubmissionCheck(rules, patients, objects);
        for (DocumentEntry entry : objects.entries()) {
            if (!budget.takePart()) {
                check.exhausted(source + "!" + folder + entry.uri().orElse("?"), entry);
                break;
            }
            Optional<ZipArchive.Member> named = named(entry, folder);
            Optional<ZipArchive.Member> member =
                    named.or(() -> unnamed(entry, folder, objects.entries().size()));
            member.ifPresent(seen::add);
            String where = member.map(this::sourceOf)
                    .orElse(source + "!" + folder + entry.uri().orElse("?"));
            if (entry.typeCode()
                    .filter(type -> type.code().equals(SIGNATURE_TYPE))
                    .isPresent()) {
                check.add(new Extracted.Ignored(where, "the signature of a submission set"));
            } else if (member.isEmpty()) {
                check.missing(where, entry);
            } else if (!affordable(member.get())) {
                check.exhausted(where, entry);
            } else {
                boolean otherName = named.isEmpty() && entry.uri().isPresent();
                read(check, where, member.get(), entry, otherName ? List.of(PackageFinding.URI_DIFFERS) : List.of());
            }
        }
        return check.results();
    }

    /** A few octets of metadata may announce the same file again and again: each time counts as its octets. */
    private boolean affordable(ZipArchive.Member member) {
        return bound.add(member.path()) || budget.takeUnpacked(member.content().length);
    }

    private Read read(ZipArchive.Member member) {
        return files.computeIfAbsent(
                member.path(), path -> new Read(DocumentBytes.copyOf(member.content()), reader.read(member.content())));
    }

    private void read(
            SubmissionCheck check,
            String where,
            ZipArchive.Member member,
            DocumentEntry entry,
            List<PackageFinding> findings) {
        Read file = read(member);
        DocumentBytes bytes = file.bytes();
        CdaReading reading = file.reading();
        if (reading instanceof CdaReading.Cda cda) {
            check.document(where, bytes, cda.header(), entry, findings);
        } else if (reading instanceof CdaReading.Unreadable unreadable) {
            check.add(refused(where, bytes, entry, unreadable.outcome(), unreadable.detail()));
        } else if (reading instanceof CdaReading.NotCda other) {
            check.add(refused(
                    where,
                    bytes,
                    entry,
                    Outcome.CDA_UNREADABLE,
                    "the announced document is " + words(member, other) + ", the DMP takes CDA documents only"));
        }
    }

    private static String words(ZipArchive.Member member, CdaReading.NotCda reading) {
        ContentKind kind = ContentKind.of(new MailPart("", member.name(), "", member.content()));
        return kind == ContentKind.XML ? reading.what() : kind.words();
    }

    private static Extracted refused(
            String where, DocumentBytes bytes, DocumentEntry entry, Outcome outcome, String detail) {
        return new Extracted.Refused(where, Optional.of(entry.uniqueId()), Optional.of(bytes), outcome, detail);
    }

    /** A CDA document beside those announced; copies of an announced one and anything else are of no interest. */
    private Optional<Extracted> unannounced(ZipArchive.Member member, List<Extracted> results) {
        if (!CdaReader.mentionsCda(member.content())) {
            return Optional.empty();
        }
        Read file = read(member);
        DocumentBytes bytes = file.bytes();
        boolean copy = results.stream()
                .anyMatch(result -> result instanceof Extracted.Document document
                        ? document.bytes().equals(bytes)
                        : result instanceof Extracted.Refused refused
                                && refused.bytes().filter(bytes::equals).isPresent());
        if (copy || file.reading() instanceof CdaReading.NotCda) {
            return Optional.empty();
        }
        PackageFinding finding = PackageFinding.UNANNOUNCED_CDA;
        return rules.rule(finding) instanceof PackageRules.Rule.Refuse refuse
                ? Optional.of(new Extracted.Refused(
                        sourceOf(member), idOf(file.reading()), Optional.of(bytes), refuse.outcome(), finding.words()))
                : Optional.of(new Extracted.Ignored(sourceOf(member), finding.words()));
    }

    private static Optional<String> idOf(CdaReading reading) {
        return reading instanceof CdaReading.Cda cda ? cda.header().id().map(DocumentId::key) : Optional.empty();
    }

    /** The file an entry names by its URI, below its folder or below the archive. */
    private Optional<ZipArchive.Member> named(DocumentEntry entry, String folder) {
        return entry.uri()
                .map(XdmPackage::cleaned)
                .flatMap(uri -> byPath(folder + uri).or(() -> byPath(uri)).or(() -> byEnd("/" + uri)));
    }

    /**
     * The file of an entry whose URI names none: the only one of its folder with the announced hash; where there is no
     * URI at all, also the only file beside the metadata of a single document.
     */
    private Optional<ZipArchive.Member> unnamed(DocumentEntry entry, String folder, int entries) {
        List<ZipArchive.Member> inFolder = members.stream()
                .filter(member -> member.folder().equals(folder) && !isMetadata(member))
                .toList();
        List<ZipArchive.Member> byHash = inFolder.stream()
                .filter(member ->
                        entry.hash().filter(read(member).bytes().sha1()::equals).isPresent())
                .toList();
        if (byHash.size() == 1) {
            return Optional.of(byHash.get(0));
        }
        return entry.uri().isEmpty() && entries == 1 && inFolder.size() == 1
                ? Optional.of(inFolder.get(0))
                : Optional.empty();
    }

    private Optional<ZipArchive.Member> byPath(String path) {
        return members.stream()
                .filter(member -> member.path().equalsIgnoreCase(path))
                .findFirst();
    }

    private Optional<ZipArchive.Member> byEnd(String end) {
        String wanted = end.toLowerCase(Locale.ROOT);
        List<ZipArchive.Member> found = members.stream()
                .filter(member -> member.path().toLowerCase(Locale.ROOT).endsWith(wanted))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** A URI as senders write it: backslashes, a leading {@code ./} or {@code file:}, percent signs. */
    private static String cleaned(String uri) {
        String path = EntryName.common(uri.strip()).replaceFirst("^file:/*", "").replaceFirst("^(\\./|/)+", "");
        try {
            return path.indexOf('%') < 0
                    ? path
                    : EntryName.common(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private String sourceOf(ZipArchive.Member member) {
        return source + "!" + member.path();
    }

    private static boolean isMetadata(ZipArchive.Member member) {
        return member.name().equalsIgnoreCase(METADATA);
    }

    private static Outcome outcome(MetadataUnreadableException.Reason reason) {
        return switch (reason) {
            case FORBIDDEN_CONSTRUCT -> Outcome.XML_FORBIDDEN_CONSTRUCT;
            case TOO_LARGE -> Outcome.DOCUMENT_TOO_LARGE;
            case STATUS_CHANGE -> Outcome.WITHDRAWAL_NOT_TAKEN;
            case MALFORMED, INCOMPLETE -> Outcome.XDM_UNREADABLE;
        };
    }
}
