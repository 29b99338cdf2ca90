package org.mssante.dmp.bridge.extract;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any octets as a mail. */
class MailFuzzTest {
    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

    @FuzzTest(maxDuration = "10m")
    void everyMailEndsWithAWord(byte[] mail) {
        FuzzBounds.assertCoded(FuzzBounds.soon(() -> extractor.mail(mail)));
        MailHeader.of(mail).announcesDocuments();
    }
}
