package org.mssante.dmp.bridge.extract;

import java.util.ArrayList;
import java.util.List;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.cda.CdaReader;
import org.mssante.dmp.cda.PatientIdentity;

/**
 * Finds every document in a mail. Whatever is found ends as an {@link Extracted}: nothing is dropped without a word, and
 * no input makes it throw. Thread-safe.
 */
public final class MailExtractor {
    private final ExtractionLimits limits;
    private final CdaReader reader;
    private final PackageRules rules;
    private final AnnouncedPatient patients;
    private final SubjectCheck subjects;
    private final QualificationCheck qualification;

    /**
     * @param identity finds the INS a document is filed under, with which the metadata of its package are compared
     * @param unstated what it means that a mail does not say whether the INS is qualified
     */
    public MailExtractor(ExtractionLimits limits, PatientIdentity identity, UnstatedQualification unstated) {
        this.limits = limits;
        this.rules = PackageRules.shipped(unstated);
        this.patients = new AnnouncedPatient(identity);
        this.subjects = new SubjectCheck(rules);
        this.qualification = new QualificationCheck(rules);
        this.reader = new CdaReader(limits.cda());
    }

    /** The documents of a whole mail (RFC 5322), each once. */
    public List<Extracted> mail(byte[] message) {
        MailHeader header = MailHeader.of(message);
        if (header.isReport()) {
            return List.of(new Extracted.Ignored("1", "a receipt or a report, not a mail with documents to file"));
        }
        ContentSearch search = search();
        search.message(message, "", 0);
        List<Extracted> results = new ArrayList<>(search.results());
        if (results.isEmpty()) {
            results.add(new Extracted.Ignored("1", "a mail without content"));
        }
        boolean nothing = results.stream()
                .allMatch(result -> result instanceof Extracted.Ignored || result instanceof Extracted.Noted);
        if (nothing && header.announcesDocuments()) {
            // the sender waits for a word about the documents he announces, even where nobody can see them
            results.add(Extracted.Refused.of(
                    "1", Outcome.DOCUMENT_NOT_FOUND, "the subject announces documents, and none was found"));
        }
        // a mail that is forwarded announces what it holds, too
        boolean announced = header.announcesDocuments() || search.announcesDocuments();
        List<Extracted> distinct = announced ? Distinct.announcedDocuments(results) : Distinct.documents(results);
        return subjects.judge(header.subject(), qualification.unstated(header, distinct));
    }

    /** The documents of one file: a package, a bare document or a mail. */
    public List<Extracted> file(String name, byte[] content) {
        ContentSearch search = search();
        search.part(new MailPart("", name, "", content), 0);
        return Distinct.documents(search.results());
    }

    private ContentSearch search() {
        return new ContentSearch(limits, reader, rules, patients);
    }
}
