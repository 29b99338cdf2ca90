package org.mssante.server.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.ListedDirectory;
import org.mssante.annuaire.api.Lookup;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;

class DirectoryCacheTest {
    private static final MailAddress KNOWN = MailAddress.parse("known@demo.mssante.fr");
    private static final MailAddress OTHER = MailAddress.parse("other@demo.mssante.fr");
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration STALE = Duration.ofDays(7);

    private final ListedDirectory directory = new ListedDirectory().with(mailbox(KNOWN, MailboxState.ACTIVE));
    private final SettableClock clock = new SettableClock();

    @Test
    void sparesTheDirectoryWhileAnAnswerIsFresh() {
        DirectoryCache cache = cache(10);
        cache.mailbox(KNOWN);
        directory.with(mailbox(KNOWN, MailboxState.CLOSED));

        clock.advance(FRESH.minusMillis(1));
        assertThat(state(cache)).contains(MailboxState.ACTIVE);
        clock.advance(Duration.ofMillis(1));
        assertThat(state(cache)).contains(MailboxState.CLOSED);
    }

    @Test
    void answersFromMemoryWhileTheDirectoryIsDownAndNotForEver() {
        DirectoryCache cache = cache(10);
        cache.mailbox(KNOWN);
        directory.fail("maintenance");

        clock.advance(STALE.minusMillis(1));
        assertThat(state(cache)).contains(MailboxState.ACTIVE);
        clock.advance(Duration.ofMillis(1));
        assertThat(cache.mailbox(KNOWN)).isInstanceOf(Lookup.Unavailable.class);
    }

    @Test
    void whoTakesNothingFromMemoryGetsNoAnswerWhileTheDirectoryIsDown() {
        DirectoryCache cache = cache(10);
        assertThat(cache.neverFromMemory().mailbox(KNOWN)).isInstanceOf(Lookup.Found.class);
        directory.fail("maintenance");

        assertThat(cache.neverFromMemory().mailbox(KNOWN)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(state(cache)).contains(MailboxState.ACTIVE);
    }

    @Test
    void remembersThatAMailboxDoesNotExist() {
        DirectoryCache cache = cache(10);
        cache.mailbox(OTHER);
        directory.fail("maintenance");

        clock.advance(FRESH);
        assertThat(cache.mailbox(OTHER)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void asksAnewAboutAMailboxThatWasNotThereOrNotActive() {
        DirectoryCache cache = cache(10);
        cache.mailbox(OTHER);
        directory.with(mailbox(OTHER, MailboxState.SUSPENDED));
        assertThat(cache.mailbox(OTHER).found().map(Mailbox::state)).contains(MailboxState.SUSPENDED);
        directory.with(mailbox(OTHER, MailboxState.ACTIVE));
        assertThat(cache.mailbox(OTHER).found().map(Mailbox::state)).contains(MailboxState.ACTIVE);
    }

    @Test
    void forgetsTheLeastRecentlyUsedBeyondItsLimit() {
        DirectoryCache cache = cache(1);
        cache.mailbox(KNOWN);
        cache.mailbox(OTHER);
        directory.fail("maintenance");

        assertThat(cache.mailbox(KNOWN)).isInstanceOf(Lookup.Unavailable.class);
        assertThat(cache.mailbox(OTHER)).isInstanceOf(Lookup.Absent.class);
    }

    @Test
    void asksAnewForWhoeverWantsItAndRemembersForAll() {
        DirectoryCache cache = cache(10);
        cache.mailbox(KNOWN);
        directory.with(mailbox(KNOWN, MailboxState.SUSPENDED));

        assertThat(cache.askedAnew().mailbox(KNOWN).found().map(Mailbox::state)).contains(MailboxState.SUSPENDED);
        assertThat(state(cache)).contains(MailboxState.SUSPENDED);
        directory.fail("maintenance");
        assertThat(cache.askedAnew().mailbox(KNOWN).found().map(Mailbox::state)).contains(MailboxState.SUSPENDED);
    }

    private DirectoryCache cache(int entries) {
        return new DirectoryCache(directory, new CacheLimits(FRESH, STALE, entries), clock);
    }

    private static Optional<MailboxState> state(DirectoryCache cache) {
        return cache.mailbox(KNOWN).found().map(Mailbox::state);
    }

    private static Mailbox mailbox(MailAddress address, MailboxState state) {
        return new Mailbox(
                address,
                MailboxType.PER,
                state,
                "name",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                SigningPolicy.NONE,
                DmpFiling.OFF);
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-20T08:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
