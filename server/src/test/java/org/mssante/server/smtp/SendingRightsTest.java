package org.mssante.server.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mssante.annuaire.api.Directory;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.MailDomain;
import org.mssante.core.outcome.Outcome;
import org.mssante.server.auth.Login;
import org.mssante.server.auth.Means;
import org.mssante.server.mailbox.Mailboxes;

class SendingRightsTest {
    private static final MailAddress PERSON = MailAddress.parse("dr@demo.mssante.fr");
    private static final MailAddress PRACTICE = MailAddress.parse("cabinet@demo.mssante.fr");
    private static final Login LOGIN =
            new Login(PERSON, PRACTICE, MailboxType.CAB, Optional.empty(), new Means.Password(0, Optional.empty()));

    private final Directory directory = mock(Directory.class);
    private final SendingRights rights =
            new SendingRights(new Mailboxes(directory, Set.of(new MailDomain("demo.mssante.fr"))));

    @BeforeEach
    void register() {
        person(MailboxState.ACTIVE);
        practice(new Member(PERSON, Set.of(MemberRight.SEND)));
    }

    @Test
    void aMemberSendsAsTheMailboxThatLetsHim() {
        assertThat(rights.of(LOGIN, PRACTICE)).isEqualTo(new Verdict.Pass());
        assertThat(rights.of(LOGIN, PERSON)).isEqualTo(new Verdict.Pass());
    }

    @Test
    void aMemberWhoseOwnMailboxIsClosedSendsNoMore() {
        person(MailboxState.SUSPENDED);

        assertThat(rights.of(LOGIN, PRACTICE))
                .isInstanceOfSatisfying(
                        Verdict.Refuse.class, no -> assertThat(no.outcome()).isEqualTo(Outcome.MAILBOX_CLOSED));
    }

    @ParameterizedTest
    @EnumSource(value = MailboxType.class, names = "PER", mode = EnumSource.Mode.EXCLUDE)
    void whoIsNoPersonIsAMemberOfNothingWhateverTheListSays(MailboxType type) {
        register(PERSON, type, MailboxState.ACTIVE);

        assertThat(rights.of(LOGIN, PRACTICE))
                .isInstanceOfSatisfying(
                        Verdict.Refuse.class, no -> assertThat(no.outcome()).isEqualTo(Outcome.SENDER_NOT_ALLOWED));
    }

    @Test
    void anUnknownSenderAndAForbiddenOneLookAlike() {
        MailAddress unknown = MailAddress.parse("personne@demo.mssante.fr");
        when(directory.mailbox(unknown)).thenReturn(new Lookup.Absent<>());
        practice();

        for (MailAddress sender : List.of(unknown, PRACTICE)) {
            assertThat(rights.of(LOGIN, sender))
                    .isInstanceOfSatisfying(
                            Verdict.Refuse.class, no -> assertThat(no.outcome()).isEqualTo(Outcome.SENDER_NOT_ALLOWED));
        }
    }

    private void person(MailboxState state) {
        register(PERSON, MailboxType.PER, state);
    }

    private void practice(Member... members) {
        register(PRACTICE, MailboxType.ORG, MailboxState.ACTIVE, members);
    }

    private void register(MailAddress address, MailboxType type, MailboxState state, Member... members) {
        when(directory.mailbox(address))
                .thenReturn(new Lookup.Found<>(new Mailbox(
                        address,
                        type,
                        state,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(members),
                        Optional.empty(),
                        SigningPolicy.NONE,
                        DmpFiling.OFF)));
    }
}
