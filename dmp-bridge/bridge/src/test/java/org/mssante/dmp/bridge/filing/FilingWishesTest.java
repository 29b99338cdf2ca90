package org.mssante.dmp.bridge.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.ListedDirectory;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;

class FilingWishesTest {
    private final ListedDirectory directory = new ListedDirectory()
            .with(mailbox("on@demo.mssante.fr", DmpFiling.ON))
            .with(mailbox("ask@demo.mssante.fr", DmpFiling.ASK))
            .with(mailbox("off@demo.mssante.fr", DmpFiling.OFF));

    private final FilingWishes wishes = new FilingWishes(directory);

    @ParameterizedTest
    @CsvSource({
        "on, FILE",
        "ask, ASK",
        "off, ASK",
        "gone, FILE",
        "ask off, ASK",
        "ask on, FILE",
        "off on, FILE",
    })
    void oneMailboxThatWantsFilingDecidesForAll(String names, FilingWishes.Wish wish) {
        List<String> recipients = Arrays.stream(names.split(" ", -1))
                .map(name -> name + "@demo.mssante.fr")
                .toList();

        assertThat(wishes.of(recipients)).isEqualTo(wish);
    }

    @Test
    void nothingIsKnownWhileTheAnnuaireIsAway() {
        directory.fail("away");

        assertThat(wishes.of(List.of("on@demo.mssante.fr"))).isEqualTo(FilingWishes.Wish.UNKNOWN);
    }

    private static Mailbox mailbox(String address, DmpFiling filing) {
        return new Mailbox(
                MailAddress.parse(address),
                MailboxType.PER,
                MailboxState.ACTIVE,
                address,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                SigningPolicy.NONE,
                filing);
    }
}
