package org.mssante.annuaire.office;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.NamedStructures;
import org.mssante.annuaire.registry.MailboxProperties;
import org.mssante.annuaire.registry.Powers;
import org.mssante.core.id.MailAddress;

/**
 * The one table of who may do what. A structure answers for the access to its ORG and APP mailboxes and their use, the holder
 * alone for his PER (mssante.md §5.1, §5.2); which types an administrator of a structure sees is the operator's word, for a
 * structure may have registered the PER of its people, too. Immutable.
 */
public final class Rules {
    private static final Map<Role, Set<Deed>> DEEDS = new EnumMap<>(Map.of(
            Role.MACHINE,
            EnumSet.allOf(Deed.class),
            Role.OPERATOR,
            EnumSet.complementOf(EnumSet.of(Deed.SET_PASSWORD, Deed.CHANGE_CREDENTIALS, Deed.APPOINT)),
            Role.ADMINISTRATOR,
            EnumSet.of(
                    Deed.LOOK,
                    Deed.READ_HISTORY,
                    Deed.CREATE,
                    Deed.CHANGE,
                    Deed.GIVE_RIGHTS,
                    Deed.SUSPEND,
                    Deed.CLOSE,
                    Deed.REOPEN),
            Role.MANAGER,
            EnumSet.of(Deed.LOOK, Deed.READ_HISTORY, Deed.CHANGE, Deed.GIVE_RIGHTS),
            Role.HOLDER,
            EnumSet.of(
                    Deed.LOOK,
                    Deed.CHANGE,
                    Deed.SEE_CREDENTIALS,
                    Deed.WITHDRAW_APP_PASSWORD,
                    Deed.CHANGE_CREDENTIALS)));

    /** What everybody who speaks for a mailbox says of it. */
    private static final Set<String> ABSENCE =
            Set.of(MailboxProperties.ABSENCE_FROM, MailboxProperties.ABSENCE_UNTIL, MailboxProperties.ABSENCE_TEXT);

    private static final Set<String> TEXTS = with(
            ABSENCE,
            MailboxProperties.DISPLAY_NAME,
            MailboxProperties.DESCRIPTION,
            MailboxProperties.SERVICE,
            MailboxProperties.RESPONSIBLE,
            MailboxProperties.PREFERRED,
            MailboxProperties.LANGUAGE,
            MailboxProperties.UNLISTED);

    private static final Set<String> ALL = with(
            TEXTS,
            MailboxProperties.DMP_FILING,
            MailboxProperties.CERTIFICATE_SUBJECT,
            MailboxProperties.CERTIFICATE_STRUCTURE,
            MailboxProperties.HOLDER,
            MailboxProperties.STRUCTURE,
            MailboxProperties.SIGNING_POLICY);

    /** The properties a role may change; who holds a mailbox, whose it is and what it signs with are the operator's. */
    private static final Map<Role, Set<String>> PROPERTIES = new EnumMap<>(Map.of(
            Role.MACHINE,
            ALL,
            Role.OPERATOR,
            ALL,
            Role.ADMINISTRATOR,
            with(TEXTS, MailboxProperties.DMP_FILING, MailboxProperties.CERTIFICATE_SUBJECT),
            Role.MANAGER,
            TEXTS,
            Role.HOLDER,
            with(ABSENCE, MailboxProperties.PREFERRED, MailboxProperties.LANGUAGE)));

    /** Whether a mailbox that one in that role has suspended or closed is opened again by such a one alone. */
    static boolean holds(Role role) {
        return role == Role.MACHINE || role == Role.OPERATOR;
    }

    /**
     * An administrator brings certificates that name his structure; that another one is his structure's, too, is the operator's
     * word.
     */
    static boolean mayBring(Role role, Mailbox mailbox) {
        return role != Role.ADMINISTRATOR
                || mailbox.certificateSubject()
                        .map(X500Principal::new)
                        .map(NamedStructures::in)
                        .filter(named -> named.stream().noneMatch(mailbox::isKnownAs))
                        .isEmpty();
    }

    /** What a new mailbox is given beside what its creator may change. */
    private static final Set<String> BIRTHRIGHTS = Set.of(
            MailboxProperties.TYPE, MailboxProperties.STRUCTURE, MailboxProperties.HOLDER, MailboxProperties.MEMBERS);

    /** The roles that somebody was given beside what is his own. */
    private static final Set<Role> GIVEN = EnumSet.of(Role.OPERATOR, Role.ADMINISTRATOR);

    private final Set<MailboxType> administered;
    private final boolean secondFactor;

    /**
     * @param administered the types of mailboxes an administrator of their structure has to do with
     * @param secondFactor whether a role that was given is used by those alone who are known by more than a password
     */
    public Rules(Set<MailboxType> administered, boolean secondFactor) {
        this.administered = Set.copyOf(administered);
        this.secondFactor = secondFactor;
    }

    /** What somebody is to a mailbox; empty for a stranger. */
    Set<Role> roles(Author author, Powers powers, Mailbox mailbox) {
        checkLogIn(author, powers);
        return author instanceof Author.Person person
                ? roles(person.address(), powers, mailbox)
                : EnumSet.of(Role.MACHINE);
    }

    private Set<Role> roles(MailAddress person, Powers powers, Mailbox mailbox) {
        Set<Role> roles = roles(powers);
        if (mailbox.structure().filter(powers.structures()::contains).isPresent()
                && administered.contains(mailbox.type())) {
            roles.add(Role.ADMINISTRATOR);
        }
        if (powers.own().filter(own -> mailbox.grants(own, MemberRight.MANAGE)).isPresent()) {
            roles.add(Role.MANAGER);
        }
        if (mailbox.address().equals(person)) {
            roles.add(Role.HOLDER);
        }
        return roles;
    }

    /** What somebody is to all mailboxes. */
    static Set<Role> roles(Author author, Powers powers) {
        checkLogIn(author, powers);
        return author instanceof Author.Person ? roles(powers) : EnumSet.of(Role.MACHINE);
    }

    /** @throws RefusalException where what he has logged in by is withdrawn since, or his mailbox is not active any more */
    static void checkLogIn(Author author, Powers powers) {
        if (author instanceof Author.Person person
                && powers.own()
                        .filter(Mailbox::isActive)
                        .filter(own -> own.credentialsVersion() == person.credentialsVersion())
                        .isEmpty()) {
            throw RefusalException.loggedOut();
        }
    }

    private static Set<Role> roles(Powers powers) {
        return powers.everything() ? EnumSet.of(Role.OPERATOR) : EnumSet.noneOf(Role.class);
    }

    /**
     * The role in which somebody may do it; empty where none allows it.
     *
     * @throws RefusalException where one does that he may not use as he has logged in
     */
    Optional<Role> allowing(Author author, Set<Role> roles, Deed deed) {
        Optional<Role> role = allowing(roles, deed);
        if (!secondFactor || author.proven() || role.filter(GIVEN::contains).isEmpty()) {
            return role;
        }
        return Optional.of(allowing(own(roles), deed).orElseThrow(RefusalException::unproven));
    }

    /** Whether he was given a role and has not logged in as one who uses it. */
    boolean bars(Author author, Powers powers) {
        return secondFactor
                && !author.proven()
                && (powers.everything() || !powers.structures().isEmpty());
    }

    private static Set<Role> own(Set<Role> roles) {
        return roles.stream().filter(role -> !GIVEN.contains(role)).collect(Collectors.toSet());
    }

    private static Optional<Role> allowing(Set<Role> roles, Deed deed) {
        return Arrays.stream(Role.values())
                .filter(role -> roles.contains(role) && DEEDS.get(role).contains(deed))
                .findFirst();
    }

    static boolean mayChange(Role role, String property) {
        return PROPERTIES.get(role).contains(property);
    }

    static boolean mayGive(Role role, String property) {
        return mayChange(role, property) || BIRTHRIGHTS.contains(property);
    }

    private static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(Arrays.asList(more));
        return Set.copyOf(all);
    }
}
