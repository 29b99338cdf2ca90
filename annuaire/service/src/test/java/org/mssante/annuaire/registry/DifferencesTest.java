package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.MailAddress;

final class DifferencesTest {
    @Test
    void saysWhichMembersWereAddedChangedAndRemovedAndNothingOfTheOthers() {
        Registration before = organisation("a@demo.mssante.fr:READ b@demo.mssante.fr:READ c@demo.mssante.fr:READ,SEND");
        Registration after = organisation("a@demo.mssante.fr:READ b@demo.mssante.fr:WRITE,READ d@demo.mssante.fr:READ");

        assertThat(Differences.between(before, after))
                .isEqualTo("member changed: b@demo.mssante.fr:READ -> READ,WRITE; member added: d@demo.mssante.fr:READ;"
                        + " member removed: c@demo.mssante.fr:READ,SEND");
    }

    @Test
    void oneMemberMoreIsSaidHoweverManyThereAre() {
        String many = IntStream.range(0, 500)
                .mapToObj(number -> "personne.%03d@demo.mssante.fr:READ".formatted(number))
                .collect(Collectors.joining(" "));

        assertThat(Differences.between(organisation(many), organisation(many + " z@demo.mssante.fr:READ")))
                .isEqualTo("member added: z@demo.mssante.fr:READ");
    }

    @Test
    void otherPropertiesAreSaidWithWhatTheyWere() {
        Registration before = organisation("");
        assertThat(Differences.areBetween(before, before)).isFalse();
        assertThat(Differences.between(before, MailboxProperties.change(before, Map.of("service", "Accueil"))))
                .isEqualTo("service:  -> Accueil");
    }

    private static Registration organisation(String members) {
        return MailboxProperties.create(
                MailAddress.parse("accueil@demo.mssante.fr"),
                Map.of("type", "ORG", "displayName", "Accueil", "structure", "1990000010", "members", members));
    }
}
