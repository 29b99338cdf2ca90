package org.mssante.annuaire.api;

import com.unboundid.ldap.sdk.Entry;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;

/** LDAP entries to values. An entry that lacks what its kind must have is an {@link IllegalArgumentException}. */
final class EntryReader {
    private EntryReader() {}

    static Mailbox mailbox(Entry entry) {
        return new Mailbox(
                MailAddress.parse(required(entry, LdapNames.MAIL)),
                MailboxType.valueOf(required(entry, LdapNames.MAILBOX_TYPE)),
                MailboxState.valueOf(required(entry, LdapNames.STATE)),
                required(entry, LdapNames.DISPLAY_NAME),
                optional(entry, LdapNames.PERSON_ID).map(Rpps::new),
                structure(entry),
                values(entry, LdapNames.MEMBER).stream()
                        .map(EntryReader::member)
                        .toList(),
                optional(entry, LdapNames.CERTIFICATE_SUBJECT),
                optional(entry, LdapNames.CERTIFICATE_STRUCTURE).map(StructureId::ofNationalId),
                SigningPolicy.valueOf(required(entry, LdapNames.SIGNING_POLICY)),
                filing(required(entry, LdapNames.DMP_FILING)),
                optional(entry, LdapNames.LANGUAGE).flatMap(Language::wanted),
                optional(entry, LdapNames.ABSENCE).map(EntryReader::absence),
                // an annuaire of before the second factor has none
                optional(entry, LdapNames.CREDENTIALS_VERSION)
                        .map(Long::parseLong)
                        .orElse(0L));
    }

    static Professional professional(Entry entry) {
        return new Professional(
                new Rpps(required(entry, LdapNames.PERSON_ID)),
                required(entry, LdapNames.FAMILY_NAME),
                optional(entry, LdapNames.GIVEN_NAME).orElse(""),
                optional(entry, LdapNames.PROFESSION).orElse(""),
                optional(entry, LdapNames.PROFESSION_LABEL).orElse(""),
                Boolean.parseBoolean(required(entry, LdapNames.ACTIVE)));
    }

    private static Optional<StructureId> structure(Entry entry) {
        return optional(entry, LdapNames.STRUCTURE_ID)
                .map(number -> new StructureId(
                        StructureId.Kind.valueOf(required(entry, LdapNames.STRUCTURE_ID_TYPE)), number));
    }

    private static DmpFiling filing(String value) {
        return DmpFiling.of(value)
                .orElseThrow(() -> new IllegalArgumentException("the entry has another " + LdapNames.DMP_FILING));
    }

    private static Member member(String value) {
        int blank = value.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("a member without rights");
        }
        Set<MemberRight> rights = EnumSet.noneOf(MemberRight.class);
        for (String right : value.substring(blank + 1).split(",", -1)) {
            rights.add(MemberRight.valueOf(right));
        }
        return new Member(MailAddress.parse(value.substring(0, blank)), rights);
    }

    private static Absence absence(String value) {
        String[] parts = value.split(" ", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("an absence without days or text");
        }
        try {
            return new Absence(LocalDate.parse(parts[0]), LocalDate.parse(parts[1]), parts[2]);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("an absence without days", e);
        }
    }

    private static String required(Entry entry, String attribute) {
        return optional(entry, attribute)
                .orElseThrow(() -> new IllegalArgumentException("the entry has no " + attribute));
    }

    private static Optional<String> optional(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute));
    }

    private static List<String> values(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValues(attribute))
                .map(Arrays::asList)
                .orElse(List.of());
    }
}
