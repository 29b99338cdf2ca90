package org.mssante.server.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.core.id.InvalidIdentifierException;

/** The pitfalls of mssante §2.7, in names of our own making. */
class DistinguishedNameTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "inner quotes; C=FR,O=CLINIQUE \\\"DES LILAS\\\",CN=a; CN=a,O=CLINIQUE \"DES LILAS\",C=FR",
                "quoted value with double blanks; C=FR,O=C H  DE  VILLE,CN=a; CN=a,O=\"C H  DE  VILLE\",C=FR",
                "double blanks against single; C=FR,O=C H DE VILLE,CN=a; CN=a,O=\"C H  DE  VILLE\",C=FR",
                "trailing blank in the CN; C=FR,O=X,CN=smtp.exemple.fr; CN=smtp.exemple.fr ,O=X,C=FR",
                "trailing blank in the certificate; ~C=FR,O=X,CN=smtp.exemple.fr\\ ~; CN=smtp.exemple.fr ,O=X,C=FR",
                "blanks after commas; C=FR,O=X,CN=a; CN=a, O=X, C=FR",
                "non-ASCII; C=FR,ST=Hérault (34),O=HÔPITAL,CN=a; CN=a,O=HÔPITAL,ST=Hérault (34),C=FR",
                "letter case; C=FR,O=X,CN=SMTP.exemple.fr; CN=smtp.exemple.fr,O=x,C=fr",
                "L in place of ST; C=FR,L=Paris (75),O=X,CN=a; CN=a,O=X,L=Paris (75),C=FR",
                "comma in a value; C=FR,O=A\\, B,CN=a; CN=a,O=A\\, B,C=FR",
            })
    void certificateNameEqualsListedName(String pitfall, String encoded, String listed) {
        TestPki pki = new TestPki();
        DistinguishedName subject =
                DistinguishedName.of(pki.issue(pki.server(encoded)).leaf().getSubjectX500Principal());

        assertThat(subject).isEqualTo(DistinguishedName.parse(listed));
        assertThat(subject).hasSameHashCodeAs(DistinguishedName.parse(listed));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "same CN under two organisations; CN=smtp.a.fr,O=GCS UN,C=FR; CN=smtp.a.fr,O=GCS DEUX,C=FR",
                "blank before a parenthesis; CN=a,O=X,ST=Paris(75),C=FR; CN=a,O=X,ST=Paris (75),C=FR",
                "L is not ST; CN=a,O=X,L=Paris (75),C=FR; CN=a,O=X,ST=Paris (75),C=FR",
                "another order; CN=a,O=X,OU=1,C=FR; CN=a,OU=1,O=X,C=FR",
                "missing RDN; CN=a,O=X,C=FR; CN=a,C=FR",
                "NBSP is no blank; CN=a,O=CLINIQUE\u00a0EXEMPLE,C=FR; CN=a,O=CLINIQUE EXEMPLE,C=FR",
                "another OU; CN=a,OU=399900001100018,O=X; CN=a,OU=399900001100026,O=X",
            })
    void namesThatDifferStayDifferent(String pitfall, String one, String other) {
        assertThat(DistinguishedName.parse(one)).isNotEqualTo(DistinguishedName.parse(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"''", "no name at all", "CN=a,,O=b", "CN=a,O"})
    void refusesWhatIsNoName(String text) {
        assertThatThrownBy(() -> DistinguishedName.parse(text)).isInstanceOf(InvalidIdentifierException.class);
    }

    @Test
    void commonNameIsGivenOnlyWhereThereIsOne() {
        assertThat(DistinguishedName.parse("CN=a.fr,O=X").commonName()).contains("a.fr");
        assertThat(DistinguishedName.parse("CN=a.fr,CN=b.fr,O=X").commonName()).isEmpty();
        assertThat(DistinguishedName.parse("O=X").commonName()).isEmpty();
    }
}
