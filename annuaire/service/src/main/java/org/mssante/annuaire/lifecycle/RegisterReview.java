package org.mssante.annuaire.lifecycle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.index.DirectoryIndex;
import org.mssante.annuaire.index.Snapshot;
import org.mssante.annuaire.registry.ChangeNote;
import org.mssante.annuaire.registry.FlagMotive;
import org.mssante.annuaire.registry.InvalidRegistrationException;
import org.mssante.annuaire.registry.MailboxRegistry;
import org.mssante.annuaire.registry.RegisterFlag;
import org.mssante.annuaire.registry.RegisterFlags;
import org.mssante.annuaire.registry.RegisterMemory;
import org.mssante.annuaire.registry.Registration;
import org.mssante.annuaire.sync.DirectoryView;
import org.mssante.core.id.MailAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares our mailboxes with each edition of the register, once it is in force: flags, and after the policy's delay suspends,
 * those whose holder or structure it does not hold any more, and takes the flag off those it holds again. An edition that
 * waits or cannot be read is not in force; a register that stands still suspends nobody. Thread-safe.
 */
public final class RegisterReview {
    /** The author of what no person decided. */
    public static final String POLICY = "policy";

    private static final Logger LOGGER = LoggerFactory.getLogger(RegisterReview.class);

    private final DirectoryView view;
    private final DirectoryIndex index;
    private final Records records;
    private final LifeCyclePolicy policy;
    private final ToldPeople people;
    private final Clock clock;

    /** Where it is written down. */
    public record Records(MailboxRegistry registry, RegisterFlags flags, RegisterMemory memory) {}

    public RegisterReview(
            DirectoryView view,
            DirectoryIndex index,
            Records records,
            LifeCyclePolicy policy,
            ToldPeople people,
            Clock clock) {
        this.view = view;
        this.index = index;
        this.records = records;
        this.policy = policy;
        this.people = people;
        this.clock = clock;
    }

    /** Compares with the edition in force, where that was not done before. One that was broken off is done again. */
    public synchronized void review() throws IOException {
        Optional<String> edition = view.edition().map(RegisterReview::digest);
        if (edition.isEmpty() || edition.equals(records.memory().reviewed())) {
            return;
        }
        Map<MailAddress, RegisterFlag> flags = records.flags().all();
        try (Snapshot register = index.snapshot()) {
            Standings standings = new Standings(register, records.memory().knownStructures());
            for (Registration registration : living()) {
                settle(
                        registration,
                        standings.of(registration.mailbox()),
                        Optional.ofNullable(flags.get(registration.address())));
            }
            records.memory().know(standings.newlySeen());
        }
        if (policy.suspends()) {
            view.takeOverMailboxes();
        }
        records.memory().reviewed(edition.get());
        LOGGER.info(
                "our mailboxes were compared with the register; {} are flagged",
                records.flags().all().size());
    }

    /** Mailboxes that somebody may use or use again. */
    private List<Registration> living() {
        List<Registration> living = new ArrayList<>();
        records.registry().forEach(registration -> {
            MailboxState state = registration.mailbox().state();
            if (state == MailboxState.ACTIVE || state == MailboxState.SUSPENDED) {
                living.add(registration);
            }
        });
        return living;
    }

    private void settle(Registration registration, Standing standing, Optional<RegisterFlag> flag) {
        if (standing instanceof Standing.Lost lost) {
            if (flag.map(RegisterFlag::motive).equals(Optional.of(lost.motive()))) {
                suspendWhereDue(registration, flag.get());
            } else {
                raise(registration, lost.motive());
            }
        } else if (standing instanceof Standing.Sound && flag.isPresent()) {
            Mailbox mailbox = registration.mailbox();
            records.flags()
                    .lower(
                            registration.address(),
                            new ChangeNote(POLICY, "the register holds its holder or structure again"),
                            people.about(mailbox, mailbox.isActive()));
        }
    }

    private void raise(Registration registration, FlagMotive motive) {
        Mailbox mailbox = registration.mailbox();
        records.flags()
                .raise(
                        registration,
                        motive,
                        new ChangeNote(POLICY, motive.english()),
                        people.about(mailbox, mailbox.isActive()));
    }

    private void suspendWhereDue(Registration registration, RegisterFlag flag) {
        boolean due = policy.suspension(flag)
                .filter(time -> !time.isAfter(clock.instant()))
                .isPresent();
        if (due && registration.mailbox().isActive()) {
            try {
                records.flags()
                        .suspend(
                                flag,
                                new ChangeNote(POLICY, flag.motive().english() + " since " + flag.since()),
                                people.about(registration.mailbox(), false));
            } catch (InvalidRegistrationException e) {
                LOGGER.info("{} is not suspended: {}", registration.address(), e.getMessage());
            }
        }
    }

    private static String digest(String edition) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(edition.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
