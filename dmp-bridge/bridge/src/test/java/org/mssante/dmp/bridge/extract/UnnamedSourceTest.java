package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnnamedSourceTest {
    @ParameterizedTest
    @CsvSource({
        "1.2, 1.2",
        "1.2/20260114_crbio_DUPONT_Jeanne.pdf, 1.2/*.pdf",
        "1.2/DUPONT.Jeanne.bilan complet, 1.2/*",
        "1.2/IHE_XDM.zip!IHE_XDM/SUBSET01/DOC00001.XML, 1.2/IHE_XDM.zip!IHE_XDM/SUBSET01/DOC00001.XML",
        "1.2/IHE_XDM.zip!IHE_XDM/SUBSET01/DUPONT.xml, 1.2/IHE_XDM.zip!IHE_XDM/SUBSET01/*.xml",
        "1.2/DUPONT_IHE_XDM.zip!METADATA.XML, 1.2/*.zip!METADATA.XML",
        "1.3!1/DUPONT/Jeanne.xml, 1.3!1/*/*.xml",
        "DUPONT.xml, *.xml"
    })
    void keepsPositionsLayoutAndKindAndNoOtherName(String source, String unnamed) {
        assertThat(UnnamedSource.of(source)).isEqualTo(unnamed);
    }
}
