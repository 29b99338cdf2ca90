package org.mssante.annuaire.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;

final class MailboxTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");
    private static final String RESPONSIBLE = "10999010019";
    private static final String OTHER = "10999010027";

    @ParameterizedTest
    @EnumSource(MemberRight.class)
    void theResponsibleOfAPracticeHasEveryRightThere(MemberRight right) {
        Mailbox person = mailbox(MailboxType.PER, MailboxState.ACTIVE, RESPONSIBLE);

        assertThat(mailbox(MailboxType.CAB, MailboxState.ACTIVE, RESPONSIBLE).grants(person, right))
                .isTrue();
        assertThat(mailbox(MailboxType.CAB, MailboxState.ACTIVE, OTHER).grants(person, right))
                .isFalse();
        assertThat(mailbox(MailboxType.PER, MailboxState.ACTIVE, RESPONSIBLE).grants(person, right))
                .as("another mailbox of his own")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PER, ACTIVE, true",
        "PER, SUSPENDED, false",
        "PER, CLOSED, false",
        "APP, ACTIVE, false",
        "ORG, ACTIVE, false",
        "CAB, ACTIVE, false"
    })
    void onlyAPersonWhoseOwnMailboxIsOpenHasRights(MailboxType type, MailboxState state, boolean has) {
        Mailbox person = mailbox(type, state, RESPONSIBLE);
        Member listed = new Member(PERSON, Set.of(MemberRight.READ));

        assertThat(mailbox(MailboxType.CAB, MailboxState.ACTIVE, RESPONSIBLE).grants(person, MemberRight.SEND))
                .isEqualTo(has);
        assertThat(mailbox(MailboxType.CAB, MailboxState.ACTIVE, OTHER, listed).grants(person, MemberRight.READ))
                .isEqualTo(has);
    }

    private static Mailbox mailbox(MailboxType type, MailboxState state, String holder, Member... members) {
        return new Mailbox(
                PERSON,
                type,
                state,
                "TEST",
                Optional.of(new Rpps(holder)),
                Optional.empty(),
                List.of(members),
                Optional.empty(),
                SigningPolicy.NONE,
                DmpFiling.OFF);
    }
}
