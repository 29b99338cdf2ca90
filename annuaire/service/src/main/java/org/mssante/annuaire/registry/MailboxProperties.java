package org.mssante.annuaire.registry;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.mssante.annuaire.api.Absence;
import org.mssante.annuaire.api.DmpFiling;
import org.mssante.annuaire.api.Language;
import org.mssante.annuaire.api.Mailbox;
import org.mssante.annuaire.api.MailboxState;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.annuaire.api.Member;
import org.mssante.annuaire.api.MemberRight;
import org.mssante.annuaire.api.SigningPolicy;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.Rpps;
import org.mssante.core.id.StructureId;
import org.mssante.core.outcome.Outcome;

/**
 * The properties of a mailbox as texts, by the names an operator knows them by. Every fault is an
 * {@link InvalidRegistrationException} that names the rule.
 */
public final class MailboxProperties {
    public static final String TYPE = "type";
    public static final String STATE = "state";
    public static final String HELD = "heldByOperator";
    public static final String DISPLAY_NAME = "displayName";
    public static final String HOLDER = "holder";
    public static final String STRUCTURE = "structure";
    public static final String MEMBERS = "members";
    public static final String UNLISTED = "listeRouge";
    public static final String DMP_FILING = "dmpFiling";
    public static final String SIGNING_POLICY = "signingPolicy";
    public static final String CERTIFICATE_SUBJECT = "certificateSubject";
    public static final String CERTIFICATE_STRUCTURE = "certificateStructure";
    public static final String DESCRIPTION = "description";
    public static final String SERVICE = "service";
    public static final String RESPONSIBLE = "responsable";
    public static final String PREFERRED = "preferred";
    public static final String LANGUAGE = "language";
    public static final String ABSENCE_FROM = "absenceFrom";
    public static final String ABSENCE_UNTIL = "absenceUntil";
    public static final String ABSENCE_TEXT = "absenceText";

    private static final Set<String> NAMES = Set.of(
            TYPE,
            STATE,
            HELD,
            DISPLAY_NAME,
            HOLDER,
            STRUCTURE,
            MEMBERS,
            UNLISTED,
            DMP_FILING,
            SIGNING_POLICY,
            CERTIFICATE_SUBJECT,
            CERTIFICATE_STRUCTURE,
            DESCRIPTION,
            SERVICE,
            RESPONSIBLE,
            PREFERRED,
            LANGUAGE,
            ABSENCE_FROM,
            ABSENCE_UNTIL,
            ABSENCE_TEXT);

    private static final Set<String> RULING = Set.of(HELD, UNLISTED, DMP_FILING, SIGNING_POLICY);

    /** What a new mailbox has where nothing else is said. */
    private static final Map<String, String> DEFAULTS = Map.of(
            STATE,
            MailboxState.ACTIVE.name(),
            HELD,
            "false",
            UNLISTED,
            "false",
            DMP_FILING,
            DmpFiling.OFF.text(),
            SIGNING_POLICY,
            SigningPolicy.NONE.name());

    /** Of the registry's columns, in characters. */
    private static final Map<String, Integer> LONGEST = Map.of(
            DISPLAY_NAME,
            256,
            SERVICE,
            256,
            DESCRIPTION,
            1024,
            RESPONSIBLE,
            1024,
            CERTIFICATE_SUBJECT,
            1024,
            ABSENCE_TEXT,
            1024);

    private static final Pattern RANK = Pattern.compile("[1-9][0-9]?");

    private final Map<String, String> texts;

    private MailboxProperties(Map<String, String> texts) {
        this.texts = texts;
    }

    /** A new mailbox. */
    public static Registration create(MailAddress address, Map<String, String> texts) {
        return parse(address, DEFAULTS, texts, 0);
    }

    /** A mailbox with some of its properties changed. */
    public static Registration change(Registration present, Map<String, String> texts) {
        return parse(present.address(), of(present), texts, present.mailbox().credentialsVersion());
    }

    /** All of a mailbox's properties, in their order; those it does not have are empty. */
    public static Map<String, String> of(Registration registration) {
        Mailbox mailbox = registration.mailbox();
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(TYPE, mailbox.type().name());
        texts.put(STATE, mailbox.state().name());
        texts.put(HELD, Boolean.toString(registration.held()));
        texts.put(DISPLAY_NAME, mailbox.displayName());
        texts.put(HOLDER, mailbox.holder().map(Rpps::value).orElse(""));
        texts.put(STRUCTURE, mailbox.structure().map(StructureId::nationalId).orElse(""));
        texts.put(
                MEMBERS,
                mailbox.members().stream().map(MailboxProperties::text).sorted().collect(Collectors.joining(" ")));
        texts.put(UNLISTED, Boolean.toString(registration.unlisted()));
        texts.put(DMP_FILING, mailbox.dmpFiling().text());
        texts.put(SIGNING_POLICY, mailbox.signingPolicy().name());
        texts.put(CERTIFICATE_SUBJECT, mailbox.certificateSubject().orElse(""));
        texts.put(
                CERTIFICATE_STRUCTURE,
                mailbox.certificateStructure().map(StructureId::nationalId).orElse(""));
        texts.put(DESCRIPTION, registration.description().orElse(""));
        texts.put(SERVICE, registration.service().orElse(""));
        texts.put(RESPONSIBLE, registration.responsible().orElse(""));
        texts.put(PREFERRED, registration.preferred().map(String::valueOf).orElse(""));
        texts.put(LANGUAGE, mailbox.language().map(Language::tag).orElse(""));
        Optional<Absence> absence = mailbox.absence();
        texts.put(
                ABSENCE_FROM,
                absence.map(Absence::from).map(LocalDate::toString).orElse(""));
        texts.put(
                ABSENCE_UNTIL,
                absence.map(Absence::until).map(LocalDate::toString).orElse(""));
        texts.put(ABSENCE_TEXT, absence.map(Absence::text).orElse(""));
        return texts;
    }

    /** Those that are shown: nothing is done any more with what rules a mailbox that lives. */
    public static Map<String, String> shown(Registration registration) {
        Map<String, String> texts = of(registration);
        if (registration.mailbox().state() == MailboxState.PURGED) {
            texts.keySet().removeAll(RULING);
        }
        return texts;
    }

    private static Registration parse(
            MailAddress address, Map<String, String> before, Map<String, String> texts, long credentialsVersion) {
        Map<String, String> all = new HashMap<>(before);
        all.putAll(texts);
        if (texts.getOrDefault(CERTIFICATE_SUBJECT, "kept").isBlank() && !texts.containsKey(CERTIFICATE_STRUCTURE)) {
            // it says something of that certificate alone
            all.remove(CERTIFICATE_STRUCTURE);
        }
        try {
            return new MailboxProperties(all).registration(address, credentialsVersion);
        } catch (InvalidRegistrationException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidRegistrationException(e.getMessage(), e);
        }
    }

    private Registration registration(MailAddress address, long credentialsVersion) {
        texts.keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("a mailbox has no " + name);
                });
        texts.forEach(PlainText::check);
        LONGEST.forEach((name, longest) -> {
            if (text(name).length() > longest) {
                throw new IllegalArgumentException(name + " is longer than " + longest + " characters");
            }
        });
        Mailbox mailbox = new Mailbox(
                address,
                constant(MailboxType.class, TYPE, text(TYPE)),
                constant(MailboxState.class, STATE, text(STATE)),
                optional(DISPLAY_NAME).orElseThrow(() -> new IllegalArgumentException(DISPLAY_NAME + " is missing")),
                optional(HOLDER).map(Rpps::new),
                optional(STRUCTURE).map(StructureId::ofNationalId),
                members(),
                optional(CERTIFICATE_SUBJECT).map(MailboxProperties::distinguishedName),
                optional(CERTIFICATE_STRUCTURE).map(StructureId::ofNationalId),
                constant(SigningPolicy.class, SIGNING_POLICY, text(SIGNING_POLICY)),
                filing(),
                optional(LANGUAGE).map(Language::parse),
                absence(),
                credentialsVersion);
        return new Registration(
                mailbox,
                flag(UNLISTED),
                optional(DESCRIPTION),
                optional(SERVICE),
                optional(RESPONSIBLE),
                optional(PREFERRED).map(MailboxProperties::rank),
                flag(HELD));
    }

    /** All three, or none of them. */
    private Optional<Absence> absence() {
        if (optional(ABSENCE_FROM)
                .or(() -> optional(ABSENCE_UNTIL))
                .or(() -> optional(ABSENCE_TEXT))
                .isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Absence(day(ABSENCE_FROM), day(ABSENCE_UNTIL), text(ABSENCE_TEXT)));
    }

    private LocalDate day(String name) {
        try {
            return LocalDate.parse(text(name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " must be a day such as 2026-08-01", e);
        }
    }

    /** {@code address:RIGHT,RIGHT} and a blank between members. */
    private List<Member> members() {
        return optional(MEMBERS)
                .map(list -> Arrays.stream(list.split("\\s+", -1))
                        .map(MailboxProperties::member)
                        .toList())
                .orElse(List.of());
    }

    private static Member member(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a member is written address:READ,WRITE");
        }
        return new Member(MailAddress.parse(text.substring(0, colon)), rights(text.substring(colon + 1)));
    }

    /**
     * Rights with commas between.
     *
     * @throws InvalidRegistrationException where one is none
     */
    public static Set<MemberRight> rights(String text) {
        Set<MemberRight> rights = EnumSet.noneOf(MemberRight.class);
        for (String right : text.split(",", -1)) {
            rights.add(constant(MemberRight.class, "the right of a member", right));
        }
        return rights;
    }

    /** A member as {@code address:RIGHT,RIGHT}. */
    public static String text(Member member) {
        return member.person() + ":" + rights(member);
    }

    /** The rights of a member in their order, with commas between. */
    public static String rights(Member member) {
        return member.rights().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    private static String distinguishedName(String text) {
        return new X500Principal(text).getName(X500Principal.RFC2253);
    }

    /**
     * The constant of that name, in whatever case.
     *
     * @param what it is to be, for the sentence
     * @throws InvalidRegistrationException where there is none
     */
    public static <E extends Enum<E>> E constant(Class<E> type, String what, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new InvalidRegistrationException(
                        Outcome.REQUEST_WRONG,
                        what + " must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))));
    }

    private boolean flag(String name) {
        return switch (text(name)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " must be true or false");
        };
    }

    private static int rank(String text) {
        if (!RANK.matcher(text).matches()) {
            throw new IllegalArgumentException(PREFERRED + " must be a number from 1 to 99, 1 the most preferred");
        }
        return Integer.parseInt(text);
    }

    private DmpFiling filing() {
        return DmpFiling.of(text(DMP_FILING))
                .orElseThrow(() -> new IllegalArgumentException(DMP_FILING + " must be one of " + DmpFiling.texts()));
    }

    private Optional<String> optional(String name) {
        return Optional.of(text(name)).filter(value -> !value.isEmpty());
    }

    private String text(String name) {
        return texts.getOrDefault(name, "").strip();
    }
}
