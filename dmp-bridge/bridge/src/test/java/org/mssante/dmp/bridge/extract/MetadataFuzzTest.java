package org.mssante.dmp.bridge.extract;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Any octets as the METADATA.XML of a package whose document is good. */
class MetadataFuzzTest {
    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);

    @FuzzTest(maxDuration = "10m")
    void everyPackageEndsWithAWord(byte[] metadata) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("IHE_XDM/SUBSET01/METADATA.XML", metadata);
        files.put("IHE_XDM/SUBSET01/DOC00001.XML", Samples.report());

        FuzzBounds.assertAnswered(FuzzBounds.soon(() -> extractor.file("IHE_XDM.zip", Samples.zip(files))));
    }
}
