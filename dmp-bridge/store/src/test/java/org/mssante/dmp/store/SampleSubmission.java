package org.mssante.dmp.store;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mssante.core.id.Ins;
import org.mssante.dmp.xds.iti41.DocumentContent;
import org.mssante.dmp.xds.iti41.Submission;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.Cx;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.metadata.SubmissionSet;
import org.mssante.dmp.xds.metadata.Xcn;
import org.mssante.dmp.xds.metadata.XdsTime;

/** Submissions of small documents, each in a submission set of its own. */
final class SampleSubmission {
    private static final AtomicLong SETS = new AtomicLong(1);
    private static final Author AUTHOR = new Author(
            Optional.of(Xcn.professional("810001234567", "L'ÉTÉ & FILS", "Zoé", "1.2.250.1.71.4.2.1")),
            List.of(),
            List.of(),
            List.of());

    private SampleSubmission() {}

    static Submission of(Ins patient, String uniqueId, byte[] bytes) {
        return of(entry(patient, uniqueId), () -> new ByteArrayInputStream(bytes));
    }

    static Submission of(DocumentEntry entry, DocumentContent content) {
        SubmissionSet set = SubmissionSet.of(
                "1.2.3.7." + System.nanoTime() + "." + SETS.getAndIncrement(),
                "1.2.3.8",
                entry.patientId(),
                AUTHOR,
                new Code("07", "1.2.250.1.213.2.2", "Consultation"),
                new XdsTime("20261120090000"),
                "Résultats");
        return Submission.of(set, entry, content);
    }

    static DocumentEntry entry(Ins patient, String uniqueId) {
        return DocumentEntry.builder(uniqueId, Cx.of(patient))
                .author(AUTHOR)
                .title("Compte rendu d'été & co")
                .typeCode(new Code("11502-2", "2.16.840.1.113883.6.1", "CR d'examens biologiques"))
                .classCode(new Code("10", "1.2.250.1.213.1.1.4.1", "Compte rendu"))
                .confidentialityCode(new Code("N", "2.16.840.1.113883.5.25", "Normal"))
                .creationTime(new XdsTime("20261119081500"))
                .build();
    }
}
