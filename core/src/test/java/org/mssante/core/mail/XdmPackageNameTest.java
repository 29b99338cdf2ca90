package org.mssante.core.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XdmPackageNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "IHE_XDM.zip",
                "ihe-xdm.7z",
                "IHE XDM (2).zip",
                "IHE_XDM",
                "a.b IHEXDM.v1.ZIP",
                "ihe.xdm.zip",
                "ihexdm.x ihexdm"
            })
    void isThePackageInEachFormSendersMakeOfIt(String name) {
        assertThat(XdmPackageName.matches(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "IHE_XDM.pdf", "ihe__xdm.zip", "xdm.zip", "IHE_XDM.zip.asc", "ihexdm ihexdm.x"})
    void isNoneOtherwise(String name) {
        assertThat(XdmPackageName.matches(name)).isFalse();
    }

    /** Looked at behind each of the words, it would take minutes. */
    @Test
    void aNameOfAMegabyteIsReadAtOnce() {
        assertThat(XdmPackageName.matches("ihexdm".repeat(170_000) + ".q")).isFalse();
        assertThat(XdmPackageName.matches("ihexdm".repeat(170_000) + ".zip")).isTrue();
    }
}
