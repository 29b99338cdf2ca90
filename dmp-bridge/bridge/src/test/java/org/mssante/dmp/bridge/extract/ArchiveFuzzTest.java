package org.mssante.dmp.bridge.extract;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any octets under the name of a package: its sender gets an answer. */
class ArchiveFuzzTest {
    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

    @FuzzTest(maxDuration = "10m")
    void everyArchiveEndsWithAWord(byte[] archive) {
        FuzzBounds.assertAnswered(FuzzBounds.soon(() -> extractor.file("IHE_XDM.zip", archive)));
    }
}
