package org.mssante.annuaire.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;

/** What a mailbox of each type has to have, may have, and does not have (mssante.md §5.2): one row a field. */
record TypeRule(String field, Function<Registration, Optional<?>> value, Map<MailboxType, Need> needs) {
    /** How a type stands to a field. */
    enum Need {
        REQUIRED,
        FREE,
        /** Nobody gives it any more; one that was given before this rule stays until it is taken away. */
        NOT_GIVEN,
        NEVER
    }

    /** In the order PER, ORG, APP, CAB; of the responsible of a CAB the two sources say different things. */
    private static final List<TypeRule> TABLE = List.of(
            row(
                    MailboxProperties.HOLDER,
                    of -> of.mailbox().holder(),
                    Need.REQUIRED,
                    Need.NOT_GIVEN,
                    Need.NOT_GIVEN,
                    Need.REQUIRED),
            row(
                    MailboxProperties.STRUCTURE,
                    of -> of.mailbox().structure(),
                    Need.FREE,
                    Need.REQUIRED,
                    Need.REQUIRED,
                    Need.NOT_GIVEN),
            row(MailboxProperties.MEMBERS, TypeRule::members, Need.NEVER, Need.FREE, Need.NEVER, Need.FREE),
            row(
                    MailboxProperties.CERTIFICATE_SUBJECT,
                    of -> of.mailbox().certificateSubject(),
                    Need.NEVER,
                    Need.FREE,
                    Need.FREE,
                    Need.NEVER),
            row(
                    MailboxProperties.ABSENCE_TEXT,
                    of -> of.mailbox().absence(),
                    Need.FREE,
                    Need.FREE,
                    Need.NEVER,
                    Need.FREE),
            row(
                    MailboxProperties.DESCRIPTION,
                    Registration::description,
                    Need.NOT_GIVEN,
                    Need.FREE,
                    Need.FREE,
                    Need.FREE),
            row(MailboxProperties.SERVICE, Registration::service, Need.NOT_GIVEN, Need.FREE, Need.FREE, Need.NOT_GIVEN),
            row(
                    MailboxProperties.RESPONSIBLE,
                    Registration::responsible,
                    Need.NOT_GIVEN,
                    Need.FREE,
                    Need.FREE,
                    Need.FREE));

    private static TypeRule row(
            String field, Function<Registration, Optional<?>> value, Need per, Need org, Need app, Need cab) {
        return new TypeRule(
                field,
                value,
                Map.of(MailboxType.PER, per, MailboxType.ORG, org, MailboxType.APP, app, MailboxType.CAB, cab));
    }

    /** @throws InvalidRegistrationException that names the field a mailbox lacks, or must never have */
    static void checkForm(Registration registration) {
        MailboxType type = registration.mailbox().type();
        for (TypeRule rule : TABLE) {
            boolean there = rule.value.apply(registration).isPresent();
            if (!there && rule.needs.get(type) == Need.REQUIRED) {
                throw new InvalidRegistrationException("a mailbox of type " + type + " needs its " + rule.field);
            }
            if (there && rule.needs.get(type) == Need.NEVER) {
                throw rule.notOf(type);
            }
        }
    }

    /** @throws InvalidRegistrationException that names a field that is given to a mailbox whose type does not have it */
    static void checkGiven(Optional<Registration> before, Registration after) {
        MailboxType type = after.mailbox().type();
        for (TypeRule rule : TABLE) {
            Optional<?> given = rule.value.apply(after);
            boolean kept = before.isPresent() && rule.value.apply(before.get()).equals(given);
            if (rule.needs.get(type) == Need.NOT_GIVEN && given.isPresent() && !kept) {
                throw rule.notOf(type);
            }
        }
    }

    private InvalidRegistrationException notOf(MailboxType type) {
        return new InvalidRegistrationException("a mailbox of type " + type + " has no " + field);
    }

    private static Optional<List<Member>> members(Registration registration) {
        return Optional.of(registration.mailbox().members()).filter(members -> !members.isEmpty());
    }
}
