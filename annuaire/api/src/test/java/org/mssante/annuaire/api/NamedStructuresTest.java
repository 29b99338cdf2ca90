package org.mssante.annuaire.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.id.StructureId;

final class NamedStructuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=DRIMbox,OU=499700367909006,O=CABINET M DOC0036790,ST=Paris (75),C=FR | 499700367909006",
                "CN=SIL + OU=1990000010,C=FR                                             | 1990000010",
                "CN=SIL,OU=Biologie,OU=1990000010,OU=318751275100020,C=FR                | 1990000010 318751275100020",
                "CN=318751275100020,OU=Biologie,O=1990000010,C=FR                        | ''",
                "CN=SIL\\, OU\\=1990000010,C=FR                                          | ''",
            })
    void anOuThatIsANationalIdentifierNamesAStructure(String subject, String named) {
        assertThat(NamedStructures.in(new X500Principal(subject)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(named.split(" ", -1))
                        .filter(id -> !id.isEmpty())
                        .map(StructureId::ofNationalId)
                        .toList());
    }
}
