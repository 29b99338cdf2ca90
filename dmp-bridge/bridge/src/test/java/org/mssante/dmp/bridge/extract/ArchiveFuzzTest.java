package org.mssante.dmp.bridge.extract;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any octets as a package. */
class ArchiveFuzzTest {
    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

    @FuzzTest(maxDuration = "10m")
    void everyArchiveEndsWithAWord(byte[] archive) {
        FuzzBounds.assertCoded(FuzzBounds.soon(() -> extractor.file("IHE_XDM.zip", archive)));
    }
}
