package org.mssante.dmp.cda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.Ins;
import org.mssante.core.outcome.Outcome;
import org.mssante.dmp.bridge.extract.Samples;

class DocumentAssessorTest {
    private static final String NOT_VALID = Samples.reportText().replace("</title>", "</title><title>again</title>");

    @Test
    void aDocumentThatIsNotValidIsRefusedWithThePlace() {
        Assessment assessment = assess(NOT_VALID, SchemaRule.REFUSE);

        assertThat(assessment).isInstanceOfSatisfying(Assessment.Refused.class, refused -> {
            assertThat(refused.outcome()).isEqualTo(Outcome.CDA_NOT_VALID);
            assertThat(refused.documentId()).contains(Samples.DOCUMENT_ID);
            assertThat(refused.detail()).contains("line 11", "element title", "cvc-complex-type.2.4.a");
        });
    }

    @Test
    void whereTheOperatorSaysSoItIsFiledAndThePlaceRecorded() {
        assertThat(assess(NOT_VALID, SchemaRule.WARN))
                .isInstanceOfSatisfying(
                        Assessment.Fileable.class,
                        fileable -> assertThat(fileable.warnings())
                                .anySatisfy(warning -> assertThat(warning).contains("schema", "line 11")));
        assertThat(assess(NOT_VALID, SchemaRule.OFF))
                .isInstanceOfSatisfying(
                        Assessment.Fileable.class,
                        fileable -> assertThat(fileable.warnings())
                                .noneSatisfy(warning -> assertThat(warning).contains("schema")));
    }

    @Test
    void aValidDocumentIsFiledAndARefusalOfItsHeaderStands() {
        assertThat(assess(Samples.reportText(), SchemaRule.REFUSE)).isInstanceOf(Assessment.Fileable.class);
        assertThat(assess(NOT_VALID.replace("<birthTime value=\"19580214\"/>", ""), SchemaRule.REFUSE))
                .isInstanceOfSatisfying(
                        Assessment.Refused.class,
                        refused -> assertThat(refused.outcome()).isEqualTo(Outcome.INS_INCOMPLETE));
    }

    private static Assessment assess(String document, SchemaRule rule) {
        byte[] bytes = Samples.utf8(document);
        InsRules rules = new InsRules(List.of(Ins.NIR_TEST), false, EnumSet.allOf(Trait.class), false);
        HeaderAssessor headers = new HeaderAssessor(
                new PatientIdentity(rules),
                new CdaMetadata(Associations.shipped("10"), rules, ZoneId.of("Europe/Paris")));
        CdaHeader header = ((CdaReading.Cda) new CdaReader(CdaLimits.DEFAULT).read(bytes)).header();
        return new DocumentAssessor(headers, new CdaSchema(), rule).assess(bytes, header, SenderMetadata.NONE);
    }
}
