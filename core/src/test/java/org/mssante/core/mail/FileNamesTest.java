package org.mssante.core.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment; filename=IHE_XDM.zip",
                "attachment; FileName = \"IHE_XDM.zip\"",
                "attachment;\r\n filename=\"IHE_XDM.zip\";\r\n size=12",
                "attachment; filename=\"IHE_XDM.zip",
                "attachment; filename*=utf-8''IHE%5FXDM%2Ezip",
                "attachment; filename*=iso-8859-1'fr'IHE_XDM%2Ezip",
                "attachment; filename*=unknown-8bit''IHE_XDM.zip",
                "attachment; filename*0=\"IHE_X\"; filename*1=\"DM.z\"; filename*2=ip",
                "attachment; filename*2=ip; filename*1=\"DM.z\"; filename*0=\"IHE_X\"",
                "attachment; filename*0*=utf-8''IHE%5F; filename*1=XDM; filename*2*=%2Ezip",
                "application/zip; name=\"=?utf-8?B?SUhFX1hETS56aXA=?=\"",
                "application/zip; name==?iso-8859-15?Q?IHE=5FXDM=2Ezip?=",
                "application/zip; name=\"=?utf-8?Q?IHE=5FXD?=\r\n =?utf-8?Q?M=2Ezip?=\"",
                "application/zip; name*0=IHE_XDM; name*1=.zip"
            })
    void readsEveryFormInWhichSendersWriteAName(String field) {
        assertThat(FileNames.of(field)).containsExactly("IHE_XDM.zip");
    }

    @Test
    void readsAccentsInEveryForm() {
        assertThat(FileNames.of("attachment; filename*=utf-8''R%C3%A9sultat%20d%E2%80%99examen.xml"))
                .containsExactly("Résultat d’examen.xml");
        assertThat(FileNames.of("attachment; filename*0*=utf-8''R%C3; filename*1*=%A9sultat.xml"))
                .containsExactly("Résultat.xml");
        assertThat(FileNames.of("a/b; name=\"=?utf-8?B?UsM=?= =?utf-8?B?qXN1bHRhdC54bWw=?=\""))
                .as("a character split over two words")
                .containsExactly("Résultat.xml");
    }

    @Test
    void aSemicolonOrAQuoteInAQuotedNameEndsNothing() {
        assertThat(FileNames.of("attachment; filename=\"a;b \\\"c\\\".zip\"; size=1"))
                .containsExactly("a;b \"c\".zip");
    }

    @Test
    void givesEveryNameAFieldHas() {
        assertThat(FileNames.of("attachment; name=a.dat; filename=b.dat; filename*=utf-8''c.zip"))
                .containsExactlyInAnyOrder("c.zip", "a.dat", "b.dat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ";", "=", "attachment", "attachment; filename", "attachment; filename=", "x; username=a.zip"
            })
    void findsNoNameWhereThereIsNone(String field) {
        assertThat(FileNames.of(field)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?utf-8?B?A?=", "=?no-such-charset?Q?a?=", "=?utf-8?X?a?="})
    void whatCannotBeDecodedStaysAsWritten(String word) {
        assertThat(EncodedWords.decode(word)).isEqualTo(word);
    }

    @Test
    void blanksBetweenEncodedWordsBelongToNeither() {
        assertThat(EncodedWords.decode("a =?utf-8?Q?b?= =?utf-8?Q?c?= d")).isEqualTo("a bc d");
    }

    @Test
    void keepsLineBreaksOutOfNames() {
        assertThat(FileNames.of("attachment; filename*=utf-8''a%0D%0Ab.zip")).containsExactly("ab.zip");
    }

    @Test
    void aFieldOfAMegabyteIsReadAtOnce() {
        String quotes = "attachment; filename=\"" + "\\\"".repeat(500_000);

        assertThat(FileNames.of(quotes)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "XDM/1.0/DDM+CR BIO DUPONT MARIE 01/02/1970",
                " xdm/1.0/ddm",
                "=?utf-8?Q?XDM/1.0/DDM+CR=20BIO?= DUPONT",
                "=?utf-8?B?WERNLzEuMC9ERE0rQ1I=?="
            })
    void aSubjectAnnouncesDocuments(String subject) {
        assertThat(XdmSubject.announcesDocuments(subject)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Re: XDM/1.0/DDM+CR", "[KO Intégration système !][902] XDM/1.0/DDM+CR", "XDM"})
    void anotherSubjectAnnouncesNone(String subject) {
        assertThat(XdmSubject.announcesDocuments(subject)).isFalse();
    }
}
