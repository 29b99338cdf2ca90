package org.mssante.dmp.bridge.extract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CdaReader;
import org.mssante.dmp.cda.CdaReading;
import org.mssante.dmp.cda.SenderMetadata;

/** One pass over one mail or file: looks at every part, at any level, until the budget ends. Not thread-safe. */
final class ContentSearch {
    private static final String XDM = "ihe_xdm";
    private static final String P7M = ".p7m";

    private final ExtractionLimits limits;
    private final CdaReader reader;
    private final PackageRules rules;
    private final AnnouncedPatient patients;
    private final QualificationCheck qualification;
    private final MimeReader mime;
    private final Budget budget;
    private final List<Extracted> results = new ArrayList<>();
    private boolean exhausted;
    private boolean announcesDocuments;

    ContentSearch(ExtractionLimits limits, CdaReader reader, PackageRules rules, AnnouncedPatient patients) {
        this.limits = limits;
        this.reader = reader;
        this.rules = rules;
        this.patients = patients;
        this.qualification = new QualificationCheck(rules);
        this.mime = new MimeReader(limits);
        this.budget = new Budget(limits);
    }

    List<Extracted> results() {
        return List.copyOf(results);
    }

    /** True where the subject of a mail, at any level, says that documents are there to be integrated. */
    boolean announcesDocuments() {
        return announcesDocuments;
    }

    void message(byte[] message, String path, int depth) {
        MimeReader.Mail mail = mime.read(message, path, depth);
        announcesDocuments |= mail.announcesDocuments();
        for (MailPart part : mail.parts()) {
            int before = results.size();
            part(part, depth + 1);
            if (mail.unqualified().contains(part.path())) {
                List<Extracted> inside = results.subList(before, results.size());
                List<Extracted> denied = qualification.denied(List.copyOf(inside));
                inside.clear();
                results.addAll(denied);
            }
        }
        mail.problem().ifPresent(problem -> refuse(path.isEmpty() ? "1" : path, Outcome.MAIL_UNREADABLE, problem));
    }

    void part(MailPart encoded, int depth) {
        if (exhausted) {
            return;
        }
        if (!budget.takePart()) {
            exhausted = true;
            refuse(
                    encoded.source(),
                    Outcome.MAIL_UNREADABLE,
                    "the mail has more than " + limits.maxParts() + " parts, all levels together");
            return;
        }
        MailPart part = ContentKind.decoded(encoded);
        if (depth > limits.maxDepth()) {
            refuse(part.source(), Outcome.MAIL_UNREADABLE, "parts are nested deeper than " + limits.maxDepth());
            return;
        }
        ContentKind kind = ContentKind.of(part);
        switch (kind) {
            case ZIP -> zip(part, depth);
            case XML -> xml(part);
            case MESSAGE -> nested(part, depth);
            case CMS -> cms(part, depth);
            case TNEF ->
                refuse(
                        part.source(),
                        Outcome.MAIL_UNREADABLE,
                        "the attachments are packed as TNEF, which is not opened");
            case PARTIAL_MESSAGE ->
                refuse(part.source(), Outcome.MAIL_UNREADABLE, kind.words() + ", which is not put together");
            case FINDER_DATA -> results.add(new Extracted.Ignored(part.source(), kind.words()));
            case OTHER_ARCHIVE -> unopened(part, PackageFinding.ARCHIVE_OF_OTHER_KIND, kind.words());
            case PGP -> unopened(part, PackageFinding.CONTENT_ENCRYPTED, kind.words());
            case BINARY, KEPT_ELSEWHERE -> closed(part, kind.words());
            default -> nothing(part, kind.words());
        }
    }

    /** No document, unless its name says that there is one. */
    private void nothing(MailPart part, String what) {
        if (part.isNamedAsPackage()) {
            refuse(part.source(), Outcome.XDM_UNREADABLE, "the package is no zip archive but " + what);
        } else if (part.isCalledXml() && CdaReader.mentionsCda(part.content())) {
            results.add(
                    unreadable(part, Outcome.CDA_UNREADABLE, "the document is no well-formed XML from its beginning"));
        } else {
            results.add(new Extracted.Ignored(part.source(), what));
        }
    }

    /** What nobody here opens: nothing to file, unless the names of a package stand in it. */
    private void closed(MailPart part, String what) {
        if (!part.isNamedAsPackage() && PackageTrace.isIn(part.content())) {
            refuse(part.source(), Outcome.XDM_UNREADABLE, "a package stands inside " + what + ", which is not opened");
        } else {
            nothing(part, what);
        }
    }

    /** What may hold a document, and nobody here opens. */
    private void unopened(MailPart part, PackageFinding finding, String what) {
        if (looksLikeXdm(part)) {
            closed(part, what);
        } else {
            results.add(rules.unopened(finding, part.source(), what));
        }
    }

    private static Extracted unreadable(MailPart part, Outcome outcome, String detail) {
        return new Extracted.Refused(
                part.source(), Optional.empty(), Optional.of(DocumentBytes.copyOf(part.content())), outcome, detail);
    }

    private void xml(MailPart part) {
        CdaReading reading = reader.read(part.content());
        if (reading instanceof CdaReading.Cda cda) {
            results.add(new Extracted.Document(
                    part.source(),
                    DocumentBytes.copyOf(part.content()),
                    cda.header(),
                    SenderMetadata.NONE,
                    false,
                    List.of()));
        } else if (reading instanceof CdaReading.Unreadable unreadable && CdaReader.mentionsCda(part.content())) {
            results.add(unreadable(part, unreadable.outcome(), unreadable.detail()));
        } else if (reading instanceof CdaReading.NotCda other && other.isXml() && !part.isNamedAsPackage()) {
            results.add(new Extracted.Ignored(part.source(), other.what()));
        } else {
            nothing(part, reading instanceof CdaReading.NotCda other ? other.what() : "XML that is not CDA");
        }
    }

    private void cms(MailPart part, int depth) {
        if (!affordable(part)) {
            return;
        }
        SignedEnvelope.Content content = SignedEnvelope.open(part.content());
        if (content instanceof SignedEnvelope.Content.Signed signed) {
            signed(part, signed.content(), depth);
        } else if (content instanceof SignedEnvelope.Content.Encrypted) {
            unopened(part, PackageFinding.CONTENT_ENCRYPTED, "an S/MIME message");
        } else if (content instanceof SignedEnvelope.Content.Detached) {
            nothing(part, "a detached signature");
        } else if (content instanceof SignedEnvelope.Content.Broken broken) {
            refuse(part.source(), Outcome.MAIL_UNREADABLE, broken.why());
        }
    }

    /** A signed message, or a file that was signed as it stands and carries the ending {@code .p7m} behind its own. */
    private void signed(MailPart part, byte[] content, int depth) {
        String name = part.isNamed(P7M)
                ? part.fileName().substring(0, part.fileName().length() - P7M.length())
                : part.fileName();
        MailPart inside = new MailPart(part.path() + "/1", name, "", content);
        switch (ContentKind.of(ContentKind.decoded(inside))) {
            case TEXT, MESSAGE, EMPTY -> message(content, part.path() + "/", depth + 1);
            default -> part(inside, depth + 1);
        }
    }

    private void zip(MailPart part, int depth) {
        ZipArchive archive;
        try {
            archive = ZipArchive.read(part.content(), limits.zip(), budget);
        } catch (ZipArchive.Rejected e) {
            if (looksLikeXdm(part) || e.outcome() == Outcome.DOCUMENT_TOO_LARGE) {
                refuse(part.source(), e.outcome(), e.getMessage());
            } else {
                results.add(rules.unopened(PackageFinding.ARCHIVE_UNREADABLE, part.source(), e.getMessage()));
            }
            return;
        }
        XdmPackage xdm = new XdmPackage(part.source(), archive, reader, rules, patients, budget, limits.metadata());
        if (xdm.isXdm()) {
            results.addAll(xdm.extract());
            inner(part, archive, depth);
        } else {
            plain(part, archive, depth);
        }
    }

    /** Archives inside a package may be packages, too. */
    private void inner(MailPart part, ZipArchive archive, int depth) {
        for (ZipArchive.Member member : archive.all()) {
            MailPart inside = inside(part, member);
            if (ContentKind.of(inside) == ContentKind.ZIP) {
                part(inside, depth + 1);
            }
        }
    }

    /**
     * An archive that is no package may still hold packages, documents or mails; the rest is one remark. An archive that
     * calls itself a package and holds none is refused, whatever is noted of its parts, and so is one that holds a document beside a
     * package: what its documents are is what the metadata would say.
     */
    private void plain(MailPart part, ZipArchive archive, int depth) {
        boolean called = isCalledPackage(part, archive);
        int before = results.size();
        for (ZipArchive.Member member : archive.all()) {
            MailPart inside = inside(part, member);
            if (!called || ContentKind.of(inside) == ContentKind.ZIP) {
                part(inside, depth + 1);
            }
        }
        List<Extracted> inside = results.subList(before, results.size());
        inside.removeIf(Extracted.Ignored.class::isInstance);
        if (called
                && (inside.stream().allMatch(Extracted.Noted.class::isInstance)
                        || hidesDocument(part, archive, inside))) {
            refuse(part.source(), Outcome.XDM_UNREADABLE, "the package has no METADATA.XML");
        } else if (inside.isEmpty()) {
            results.add(new Extracted.Ignored(part.source(), "a zip archive without documents"));
        }
    }

    /** True where a file that only metadata could announce is a document, and no copy of one that was found. */
    private boolean hidesDocument(MailPart part, ZipArchive archive, List<Extracted> found) {
        return archive.all().stream()
                .map(member -> ContentKind.decoded(inside(part, member)).content())
                .filter(content ->
                        CdaReader.mentionsCda(content) && !(reader.read(content) instanceof CdaReading.NotCda))
                .map(DocumentBytes::copyOf)
                .anyMatch(bytes -> found.stream()
                        .noneMatch(result -> result instanceof Extracted.Document document
                                && document.bytes().equals(bytes)));
    }

    private void nested(MailPart part, int depth) {
        if (!affordable(part)) {
            return;
        }
        if (!part.mimeType().startsWith("multipart/")) {
            message(part.content(), part.path() + "/", depth + 1);
            return;
        }
        // RFC 2045 §6.4 forbids to encode a multipart; some do it
        Optional<byte[]> message = withBoundary(part.content())
                .or(() -> HiddenBase64.decode(
                                part.content(), start -> start.length > 2 && start[0] == '-' && start[1] == '-')
                        .flatMap(ContentSearch::withBoundary));
        if (message.isPresent()) {
            message(message.get(), part.path() + "/", depth + 1);
        } else {
            nothing(part, "a multipart without parts");
        }
    }

    /** What an envelope holds is copied at each level, and all levels are there at a time; they are hardly larger than what is in them. */
    private boolean affordable(MailPart part) {
        boolean affordable = budget.takeUnpacked(part.content().length);
        if (!affordable) {
            refuse(
                    part.source(),
                    Outcome.DOCUMENT_TOO_LARGE,
                    "the mail unpacks to more than " + limits.zip().maxTotalBytes() + " octets, all levels together");
        }
        return affordable;
    }

    private void refuse(String source, Outcome outcome, String detail) {
        results.add(Extracted.Refused.of(source, outcome, detail));
    }

    private static MailPart inside(MailPart part, ZipArchive.Member member) {
        return new MailPart(part.source() + "!", member.path(), "", member.content());
    }

    private static boolean isCalledPackage(MailPart part, ZipArchive archive) {
        return part.isNamedAsPackage()
                || archive.all().stream()
                        .anyMatch(
                                member -> member.path().toLowerCase(Locale.ROOT).startsWith(XDM + "/"));
    }

    /** By its name, or by a name inside, which stands uncompressed even in a damaged archive. */
    private static boolean looksLikeXdm(MailPart part) {
        return part.isNamedAsPackage() || PackageTrace.isIn(part.content());
    }

    /** A multipart that came with no boundary, or a wrong one, gets it back from its first delimiter line. */
    private static Optional<byte[]> withBoundary(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.lines()
                .filter(line -> line.startsWith("--") && line.length() > 2 && line.indexOf('"') < 0)
                .findFirst()
                .map(line -> "Content-Type: multipart/mixed; boundary=\""
                        + line.substring(2).strip() + "\"\r\n\r\n" + text)
                .map(message -> message.getBytes(StandardCharsets.ISO_8859_1));
    }
}
