package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.core.id.Ins;
import org.mssante.core.id.Oid;
import org.mssante.dmp.bridge.extract.Samples;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.cda.Associations;
import org.mssante.dmp.cda.CdaLimits;
import org.mssante.dmp.cda.CdaMetadata;
import org.mssante.dmp.cda.CdaReader;
import org.mssante.dmp.cda.CdaReading;
import org.mssante.dmp.cda.HeaderAssessor;
import org.mssante.dmp.cda.InsRules;
import org.mssante.dmp.cda.PatientIdentity;
import org.mssante.dmp.cda.SenderMetadata;
import org.mssante.dmp.cda.Trait;
import org.mssante.dmp.xds.metadata.Hash;

class SubmissionSourceTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    /** An OID has 64 characters: what is cut to them may be another submission's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.250.1.999.9",
                "2.25.319283746510293847561029384756102938",
                "1.2.250.1.213.111111111111111111.222222222222222222.33333333333"
            })
    void submissionsOfDifferentDocumentsStayDifferent(String sourceId) {
        SubmissionSource source = new SubmissionSource(new Oid(sourceId));
        Assessment.Fileable document = fileable();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Hash content = Hash.sha1(Samples.utf8("document " + i));
            String id = source.set(document, content, NOW).uniqueId();
            assertThat(Oid.isOid(id)).as(id).isTrue();
            assertThat(source.set(document, content, NOW.plusSeconds(1)).uniqueId())
                    .isEqualTo(id);
            ids.add(id);
        }
        assertThat(ids).hasSize(1_000);
    }

    @Test
    void aShortSourceNumbersItsSubmissions() {
        assertThat(new SubmissionSource(new Oid("1.2.250.1.999.9"))
                        .set(fileable(), Hash.sha1(new byte[0]), NOW)
                        .uniqueId())
                .startsWith("1.2.250.1.999.9.");
    }

    private static Assessment.Fileable fileable() {
        InsRules rules = new InsRules(List.of(Ins.NIR_TEST), false, EnumSet.allOf(Trait.class), false);
        CdaReading.Cda report = (CdaReading.Cda) new CdaReader(CdaLimits.DEFAULT).read(Samples.report());
        return (Assessment.Fileable) new HeaderAssessor(
                        new PatientIdentity(rules),
                        new CdaMetadata(Associations.shipped("10"), rules, ZoneId.of("Europe/Paris")))
                .assess(report.header(), SenderMetadata.NONE);
    }
}
