package org.mssante.annuaire.registry;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** One line of the mailbox file. Every fault is an {@link IllegalArgumentException} that names the rule. */
final class MailboxLine {
    private MailboxLine() {}

    static Registration parse(String[] values) {
        Mailbox mailbox = new Mailbox(
                MailAddress.parse(values[0].strip()),
                constant(MailboxType.class, "type", values[1]),
                constant(MailboxState.class, "state", values[6]),
                required("displayName", values[2]),
                optional(values[3]).map(Rpps::new),
                optional(values[4]).map(StructureId::ofNationalId),
                members(values[5]),
                optional(values[10]).map(MailboxLine::distinguishedName),
                constant(SigningPolicy.class, "signingPolicy", values[9]),
                flag("dmpFiling", values[8]));
        return new Registration(
                mailbox,
                flag("listeRouge", values[7]),
                optional(values[11]),
                optional(values[12]),
                optional(values[13]));
    }

    /** {@code address:RIGHT,RIGHT} and a blank between members. */
    private static List<Member> members(String text) {
        return optional(text)
                .map(list -> Arrays.stream(list.split("\\s+", -1))
                        .map(MailboxLine::member)
                        .toList())
                .orElse(List.of());
    }

    private static Member member(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a member is written address:READ,WRITE");
        }
        Set<MemberRight> rights = EnumSet.noneOf(MemberRight.class);
        for (String right : text.substring(colon + 1).split(",", -1)) {
            rights.add(constant(MemberRight.class, "the right of a member", right));
        }
        return new Member(MailAddress.parse(text.substring(0, colon)), rights);
    }

    private static String distinguishedName(String text) {
        return new X500Principal(text).getName(X500Principal.RFC2253);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String what, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(what + " must be one of "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static boolean flag(String what, String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(what + " must be true or false");
        };
    }

    private static String required(String what, String text) {
        return optional(text).orElseThrow(() -> new IllegalArgumentException(what + " is missing"));
    }

    private static Optional<String> optional(String text) {
        return Optional.of(text.strip()).filter(value -> !value.isEmpty());
    }
}
