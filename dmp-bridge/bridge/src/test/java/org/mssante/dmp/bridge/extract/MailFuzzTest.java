package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Any octets as a mail. */
class MailFuzzTest {
    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

    @FuzzTest(maxDuration = "10m")
    void everyMailEndsWithAWord(byte[] mail) {
        List<Extracted> results = FuzzBounds.soon(() -> extractor.mail(mail));
        FuzzBounds.assertCoded(results);
        MailHeader header = MailHeader.of(mail);
        if (header.announcesDocuments() && !header.isReport()) {
            FuzzBounds.assertAnswered(results);
        }
    }

    /** A document behind whatever octets: found, or something of the mail has a code. */
    @FuzzTest(maxDuration = "10m")
    void aDocumentBesideAnythingIsFoundOrCoded(byte[] part) {
        byte[] mail = Samples.plainMail(Samples.multipart(
                "mixed",
                "boundary-of-the-test",
                Samples.part("application/octet-stream", "part.bin", part),
                Samples.part("text/xml", "DOC.XML", Samples.report())));
        List<Extracted> results = FuzzBounds.soon(() -> extractor.mail(mail));
        FuzzBounds.assertAnswered(results);
        assertThat(results).anySatisfy(result -> {
            if (result instanceof Extracted.Document document) {
                assertThat(document.id()).contains(Samples.DOCUMENT_ID);
            } else {
                assertThat(result).isInstanceOf(Extracted.Refused.class);
            }
        });
    }
}
