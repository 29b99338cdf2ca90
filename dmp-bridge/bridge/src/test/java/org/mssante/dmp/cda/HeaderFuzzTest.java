package org.mssante.dmp.cda;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.dmp.bridge.extract.FuzzBounds;
import org.mssante.dmp.bridge.filing.SubmissionSource;
import org.mssante.dmp.xds.metadata.Hash;

/** Any octets as a CDA document: read, judged, and mapped as far as it goes. */
class HeaderFuzzTest {
    private static final InsRules RULES = new InsRules(List.of(Ins.NIR_TEST), false, EnumSet.allOf(Trait.class), false);

    private final CdaReader reader = new CdaReader(CdaLimits.DEFAULT);
    private final HeaderAssessor assessor = new HeaderAssessor(
            new PatientIdentity(RULES), new CdaMetadata(Associations.shipped("10"), RULES, ZoneId.of("Europe/Paris")));
    private final SubmissionSource source = new SubmissionSource(new Oid("1.2.250.1.999.9"));

    @FuzzTest(maxDuration = "10m")
    void everyDocumentIsFileableOrRefusedWithACode(byte[] document) {
        if (FuzzBounds.soon(() -> reader.read(document)) instanceof CdaReading.Cda cda) {
            Assessment assessment = FuzzBounds.soon(() -> assessor.assess(cda.header(), SenderMetadata.NONE));
            if (assessment instanceof Assessment.Refused refused) {
                assertThat(refused.outcome().applicationCode()).isPresent();
                assertThat(refused.detail()).isNotBlank();
            } else if (assessment instanceof Assessment.Fileable fileable) {
                assertThat(fileable.entry().creationTime()).isPresent();
                source.set(fileable, Hash.sha1(document), Clock.systemUTC().instant());
            }
        }
    }
}
