package org.mssante.annuaire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mssante.annuaire.registry.PersonalFixture.NOTE;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.core.id.MailAddress;
import org.mssante.core.trace.Event;
import org.mssante.core.trace.TraceEntry;

final class RegisterFlagsTest {
    private static final MailAddress PERSON = MailAddress.parse("dr.test@demo.medecin.mssante.fr");

    @TempDir
    Path folder;

    private RegistryDatabase database;
    private PersonalFixture people;
    private RegisterFlags flags;

    @BeforeEach
    void open() {
        database = RegistryDatabase.open(folder, 2);
        people = new PersonalFixture(database, folder, Clock.systemUTC());
        people.registry().create(PersonalFixture.person(PERSON, MailboxState.ACTIVE), NOTE);
        flags = new RegisterFlags(database, people.registry(), people.trace()::add, Clock.systemUTC());
        flags.raise(people.registry().find(PERSON).orElseThrow(), FlagMotive.HOLDER_LEFT, NOTE, List.of());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSuspensionForAFlagThatWasTakenOffMeanwhileIsNeitherDoneNorTracedAsDone() {
        RegisterFlag seen = flags.find(PERSON).orElseThrow();
        flags.lower(PERSON, NOTE, List.of());

        assertThatThrownBy(() -> flags.suspend(seen, NOTE, List.of())).hasMessageContaining("not flagged any more");

        assertThat(state()).isEqualTo(MailboxState.ACTIVE);
        assertThat(people.trace())
                .extracting(TraceEntry::event)
                .containsExactly(Event.MAILBOX_CHANGED, Event.MAILBOX_FLAGGED, Event.MAILBOX_UNFLAGGED);
    }

    @Test
    void aSuspensionForAFlagIsDoneAndTraced() {
        flags.suspend(flags.find(PERSON).orElseThrow(), NOTE, List.of());

        assertThat(state()).isEqualTo(MailboxState.SUSPENDED);
        assertThat(people.trace())
                .extracting(TraceEntry::event)
                .containsExactly(Event.MAILBOX_CHANGED, Event.MAILBOX_FLAGGED, Event.MAILBOX_CHANGED);
        assertThat(flags.find(PERSON)).isPresent();
    }

    @Test
    void theFlagsOfSomeMailboxesAreThoseAndNoOthers() {
        MailAddress other = MailAddress.parse("dr.autre@demo.medecin.mssante.fr");
        MailAddress unflagged = MailAddress.parse("dr.sans@demo.medecin.mssante.fr");
        for (MailAddress address : List.of(other, unflagged)) {
            people.registry().create(PersonalFixture.person(address, MailboxState.ACTIVE), NOTE);
        }
        flags.raise(people.registry().find(other).orElseThrow(), FlagMotive.HOLDER_LEFT, NOTE, List.of());

        assertThat(flags.all()).containsOnlyKeys(other, PERSON);
        assertThat(flags.of(List.of(unflagged, other))).containsOnlyKeys(other);
        assertThat(flags.of(List.of())).isEmpty();
    }

    private MailboxState state() {
        return people.registry().find(PERSON).orElseThrow().mailbox().state();
    }
}
