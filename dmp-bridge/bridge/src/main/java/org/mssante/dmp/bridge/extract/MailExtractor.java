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

/**
 * Finds every document in a mail. Whatever is found ends as an {@link Extracted}: nothing is dropped without a word, and
 * no input makes it throw. Thread-safe.
 */
public final class MailExtractor {
    private static final String XDM = "ihe_xdm";

    private final ExtractionLimits limits;
    private final CdaReader reader;
    private final PackageRules rules = PackageRules.shipped();
    private final MimeReader mime;

    public MailExtractor(ExtractionLimits limits) {
        this.limits = limits;
        this.reader = new CdaReader(limits.cda());
        this.mime = new MimeReader(limits);
    }

    /** The documents of a whole mail (RFC 5322), each once. */
    public List<Extracted> mail(byte[] message) {
        if (MailHeader.of(message).isReport()) {
            return List.of(new Extracted.Ignored("1", "a receipt or a report, not a mail with documents to file"));
        }
        List<Extracted> results = new ArrayList<>();
        message(message, "", 0, results);
        if (results.isEmpty()) {
            results.add(new Extracted.Ignored("1", "a mail without content"));
        }
        return Distinct.documents(results);
    }

    /** The documents of one file: a package, a bare document or a mail. */
    public List<Extracted> file(String name, byte[] content) {
        List<Extracted> results = new ArrayList<>();
        part(new MailPart("", name, "", content), 0, results);
        return Distinct.documents(results);
    }

    private void message(byte[] message, String path, int depth, List<Extracted> results) {
        MimeReader.Mail mail = mime.read(message, path, depth);
        for (MailPart part : mail.parts()) {
            if (results.size() >= limits.maxParts()) {
                results.add(Extracted.Refused.of(
                        part.source(),
                        Outcome.MAIL_UNREADABLE,
                        "the mail has more than " + limits.maxParts() + " parts"));
                return;
            }
            part(part, depth + 1, results);
        }
        mail.problem()
                .ifPresent(problem -> results.add(
                        Extracted.Refused.of(path.isEmpty() ? "1" : path, Outcome.MAIL_UNREADABLE, problem)));
    }

    private void part(MailPart encoded, int depth, List<Extracted> results) {
        MailPart part = ContentKind.decoded(encoded);
        ContentKind kind = ContentKind.of(part);
        if (depth > limits.maxDepth()) {
            results.add(Extracted.Refused.of(
                    part.source(), Outcome.MAIL_UNREADABLE, "parts are nested deeper than " + limits.maxDepth()));
            return;
        }
        switch (kind) {
            case ZIP -> zip(part, depth, results);
            case XML -> xml(part).ifPresent(results::add);
            case MESSAGE -> nested(part, depth, results);
            case CMS -> cms(part, depth, results);
            case TNEF ->
                results.add(Extracted.Refused.of(
                        part.source(),
                        Outcome.MAIL_UNREADABLE,
                        "the attachments are packed as TNEF, which is not opened"));
            default -> results.add(new Extracted.Ignored(part.source(), kind.words()));
        }
    }

    private Optional<Extracted> xml(MailPart part) {
        CdaReading reading = reader.read(part.content());
        DocumentBytes bytes = DocumentBytes.copyOf(part.content());
        if (reading instanceof CdaReading.Cda cda) {
            return Optional.of(
                    new Extracted.Document(part.source(), bytes, cda.header(), SenderMetadata.NONE, List.of()));
        }
        if (reading instanceof CdaReading.Unreadable unreadable && CdaReader.mentionsCda(part.content())) {
            return Optional.of(new Extracted.Refused(
                    part.source(), Optional.empty(), Optional.of(bytes), unreadable.outcome(), unreadable.detail()));
        }
        String what = reading instanceof CdaReading.NotCda other ? other.what() : "XML that is not CDA";
        return Optional.of(new Extracted.Ignored(part.source(), what));
    }

    private void cms(MailPart part, int depth, List<Extracted> results) {
        SignedEnvelope.Content content = SignedEnvelope.open(part.content());
        if (content instanceof SignedEnvelope.Content.Signed signed) {
            message(signed.content(), part.path() + "/", depth + 1, results);
        } else if (content instanceof SignedEnvelope.Content.Closed closed) {
            results.add(new Extracted.Ignored(part.source(), closed.what()));
        } else if (content instanceof SignedEnvelope.Content.Broken broken) {
            results.add(Extracted.Refused.of(part.source(), Outcome.MAIL_UNREADABLE, broken.why()));
        }
    }

    private void zip(MailPart part, int depth, List<Extracted> results) {
        ZipArchive archive;
        try {
            archive = ZipArchive.read(part.content(), limits.zip());
        } catch (ZipArchive.Rejected e) {
            boolean mayHoldDocuments = looksLikeXdm(part) || e.outcome() == Outcome.DOCUMENT_TOO_LARGE;
            results.add(
                    mayHoldDocuments
                            ? Extracted.Refused.of(part.source(), e.outcome(), e.getMessage())
                            : new Extracted.Ignored(
                                    part.source(), "an archive that cannot be read: " + e.getMessage()));
            return;
        }
        XdmPackage xdm = new XdmPackage(
                part.source(), archive, reader, rules, limits.cda().maxBytes());
        if (xdm.isXdm()) {
            results.addAll(xdm.extract());
            inner(part, archive, depth, results);
        } else if (looksLikeXdm(part)) {
            results.add(Extracted.Refused.of(part.source(), Outcome.XDM_UNREADABLE, "the package has no METADATA.XML"));
        } else {
            plain(part, archive, depth, results);
        }
    }

    /** Archives inside a package may be packages, too. */
    private void inner(MailPart part, ZipArchive archive, int depth, List<Extracted> results) {
        for (ZipArchive.Member member : archive.all()) {
            MailPart inside = inside(part, member);
            if (ContentKind.of(inside) == ContentKind.ZIP) {
                part(inside, depth + 1, results);
            }
        }
    }

    /** An archive that is no package may still hold packages, documents or mails; the rest is one remark. */
    private void plain(MailPart part, ZipArchive archive, int depth, List<Extracted> results) {
        int before = results.size();
        for (ZipArchive.Member member : archive.all()) {
            List<Extracted> found = new ArrayList<>();
            part(inside(part, member), depth + 1, found);
            found.stream()
                    .filter(result -> !(result instanceof Extracted.Ignored))
                    .forEach(results::add);
        }
        if (results.size() == before) {
            results.add(new Extracted.Ignored(part.source(), "a zip archive without documents"));
        }
    }

    private static MailPart inside(MailPart part, ZipArchive.Member member) {
        return new MailPart(part.source() + "!", member.path(), "", member.content());
    }

    /** By its name, or by a name inside, which stands uncompressed even in a damaged archive. */
    private static boolean looksLikeXdm(MailPart part) {
        if (part.fileName().toLowerCase(Locale.ROOT).contains(XDM)) {
            return true;
        }
        String text = new String(part.content(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return text.contains(XDM + "/") || text.contains("/metadata.xml");
    }

    private void nested(MailPart part, int depth, List<Extracted> results) {
        if (!part.mimeType().startsWith("multipart/")) {
            message(part.content(), part.path() + "/", depth + 1, results);
            return;
        }
        Optional<byte[]> message = withBoundary(part.content());
        if (message.isPresent()) {
            message(message.get(), part.path() + "/", depth + 1, results);
        } else {
            results.add(new Extracted.Ignored(part.source(), "a multipart without parts"));
        }
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
