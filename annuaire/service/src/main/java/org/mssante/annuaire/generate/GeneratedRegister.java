package org.mssante.annuaire.generate;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.mssante.core.id.LuhnKey;

/**
 * A register of people who do not exist, as one edition shows it: line by line, each made from its number. With the
 * quirks of the published files (annuaire.md §1.4, §1.10): several activities of a person far apart, lines without a
 * structure, the town in the routing line only, addresses abroad and in Corsica, quotes as data, lines that stand
 * twice, an address of several attachments, wrong keys, ADELI numbers of old.
 */
final class GeneratedRegister {
    private static final String ACTIVITY = "activity";
    private static final String SKILL = "skill";
    private static final String DIPLOMA = "diploma";
    private static final String MAILBOX = "mailbox";
    private static final int RPPS_NUMBERS = 100_000_000;
    /** Prime to the count of numbers: every person has another. */
    private static final long SPREAD = 48_271_003L;

    private static final double PERSONAL = 0.85;

    private final Draw draw;
    private final Size size;
    private final Edition edition;

    GeneratedRegister(long seed, Size size, Edition edition) {
        this.draw = new Draw(seed);
        this.size = size;
        this.edition = edition;
    }

    /**
     * A structure as both files name it, empty fields where there is none.
     *
     * @param place where it stands: what its address is drawn from
     */
    private record Site(String siret, String finess, String technicalId, String typeAndId, String name, long place) {
        private static final Site NONE = new Site("", "", "", "|", "", 0);

        boolean isNone() {
            return technicalId.isEmpty();
        }
    }

    /** Where a structure stands, as both files name it. */
    private record Address(
            int number, String kindCode, String kind, String street, String postalCode, String townCode, String town) {

        String routingLine() {
            return postalCode + " " + plain(town).toUpperCase(Locale.ROOT);
        }
    }

    int activities() {
        return size.activities() + edition.come(size.activities());
    }

    int skills() {
        return size.skills();
    }

    int diplomas() {
        return size.diplomas();
    }

    int mailboxes() {
        return size.mailboxes() + edition.come(size.mailboxes());
    }

    /** A line of {@code PS_LibreAcces_Personne_activite}; empty where it has gone by this edition. */
    Optional<String> activity(int line) {
        if (edition.isGone(draw, ACTIVITY, line)) {
            return Optional.empty();
        }
        int version = edition.version(draw, ACTIVITY, line);
        long drawn = line * 31L + version;
        int person = personOf(line);
        boolean withSkill = draw.happens(0.4, "skilled", person);
        Site site = site(drawn, person);
        Address address = address(site);
        boolean there = !site.isNone();
        boolean routed = draw.happens(0.3, "routed", site.place());
        return Optional.of(row(
                identity(person),
                withSkill ? draw.of(Names.SKILLS, SKILL, person) : "|||",
                mode(site, drawn),
                site.siret(),
                site.siret().isEmpty() ? "" : site.siret().substring(0, 9),
                site.finess(),
                site.finess(),
                site.technicalId(),
                site.name(),
                "||",
                there ? address.number() + "|" : "|",
                there ? address.kindCode() + "|" + address.kind() + "|" + address.street() : "||",
                "",
                there && routed ? address.routingLine() : "",
                there ? address.postalCode() + "|" + address.townCode() + "|" + (routed ? "" : address.town()) : "||",
                "|",
                there && draw.happens(0.6, "phone", site.place()) ? "0" + draw.digits(9, "phone", site.place()) : "",
                "|",
                draw.happens(0.02, "mail", drawn) ? "contact" + line + "@exemple.mssante.fr" : "",
                "||",
                "CNOM/CNOM/CNOM",
                there ? "SA07|Cabinet individuel" : "|",
                "|||",
                there ? "GENR01|Activité standard de soin ou de pharmacien" : "|"));
    }

    /** A line of {@code PS_LibreAcces_SavoirFaire}. */
    Optional<String> skill(int line) {
        if (edition.isGone(draw, SKILL, line)) {
            return Optional.empty();
        }
        int person = draw.below(size.persons(), "skill of", line);
        int version = edition.version(draw, SKILL, line);
        return Optional.of(row(
                number(person),
                family(person) + "|" + given(person),
                draw.of(Names.PROFESSIONS, "profession", person),
                "C|Civil",
                draw.of(Names.SKILLS, "further skill", line * 31L + version)));
    }

    /** A line of {@code PS_LibreAcces_Dipl_AutExerc}: a diploma, or one time in fifty an authorisation alone. */
    Optional<String> diploma(int line) {
        if (edition.isGone(draw, DIPLOMA, line)) {
            return Optional.empty();
        }
        int person = draw.below(size.persons(), "diploma of", line);
        int version = edition.version(draw, DIPLOMA, line);
        boolean authorised = draw.happens(0.02, "authorised", line);
        return Optional.of(row(
                number(person),
                family(person) + "|" + given(person),
                authorised ? "|||" : draw.of(Names.DIPLOMAS, DIPLOMA, line * 31L + version),
                authorised ? "PAE|Procédure d'autorisation d'exercice|40|Chirurgien-Dentiste" : "|||"));
    }

    /** A line of {@code Extraction_Correspondance_MSSante}; a few addresses stand on two lines. */
    Optional<String> mailbox(int line) {
        if (edition.isGone(draw, MAILBOX, line)) {
            return Optional.empty();
        }
        int version = edition.version(draw, MAILBOX, line);
        long drawn = line * 31L + version;
        boolean again = line > 0 && draw.happens(0.0003, "again", line);
        int named = again ? line - 1 : line;
        return Optional.of(
                draw.happens(PERSONAL, "personal", named) ? personal(named, drawn) : organisational(named, drawn));
    }

    private String personal(int named, long drawn) {
        int person = named % size.persons();
        boolean tied = draw.happens(0.5, "tied", drawn);
        Site site = tied ? structure(draw.below(size.structures(), "structure of", drawn)) : Site.NONE;
        return row(
                "PER",
                address(person, named),
                number(person),
                site.typeAndId(),
                "",
                draw.happens(0.6, "title", person) ? "DR" : "",
                family(person) + "|" + given(person),
                "C|Civil",
                draw.of(Names.PROFESSIONS, "profession", person),
                draw.happens(0.4, "skilled", person) ? skillOf(person) : "|",
                "O",
                place(site));
    }

    private String organisational(int named, long drawn) {
        Site site = structure(draw.below(size.structures(), "structure of", drawn));
        String service = draw.of(Names.SERVICES, "service", drawn);
        return row(
                "ORG",
                "service" + Integer.toString(named, Character.MAX_RADIX) + "@" + domain(named),
                "||",
                site.typeAndId(),
                service,
                "||||||||",
                "N",
                place(site));
    }

    /** The first lines are one for each person, those behind them further activities of anybody. */
    private int personOf(int line) {
        int persons = size.persons();
        if (line < persons) {
            return line;
        }
        return line < size.activities() ? draw.below(persons, "activity of", line) : line;
    }

    private Site site(long drawn, int person) {
        if (draw.happens(0.04, "nowhere", drawn)) {
            return Site.NONE;
        }
        if (draw.happens(0.35, "cabinet", drawn)) {
            String rpps = rpps(person);
            return new Site(
                    "",
                    "",
                    "R" + rpps + "001",
                    "4|" + rpps + "001",
                    "CABINET DU DR " + plain(family(person)).toUpperCase(Locale.ROOT),
                    -1L - person);
        }
        return structure(draw.below(size.structures(), "structure of", drawn));
    }

    private Site structure(int number) {
        String name = draw.of(Names.STRUCTURES, "structure", number) + " " + number;
        if (draw.happens(0.2, "siret", number)) {
            String siren = keyed("9" + draw.digits(7, "siren", number));
            String siret = keyed(siren + draw.digits(4, "siret", number));
            return new Site(siret, "", "C" + siret, "3|" + siret, name, number);
        }
        String begin = draw.happens(0.01, "corsica", number)
                ? "2A"
                : "%02d".formatted(1 + draw.below(89, "department", number));
        String finess =
                begin.equals("2A") ? "2A%07d".formatted(number) : keyed(begin + "%06d".formatted(number % 1_000_000));
        return new Site("", finess, "F" + finess, "1|" + finess, name, number);
    }

    /** Of a line without a structure, half say nothing of an activity either. */
    private String mode(Site site, long drawn) {
        if (site.isNone() && draw.happens(0.5, "idle", drawn)) {
            return "|";
        }
        return site.technicalId().startsWith("R") ? "L|Libéral,indép,artisan,commer" : "S|Salarié";
    }

    /** Type, number and national number; one of old in five thousand, a wrong key in a thousand. */
    private String number(int person) {
        if (draw.happens(0.0002, "adeli", person)) {
            String adeli = draw.digits(9, "adeli", person);
            return "0|" + adeli + "|0" + adeli;
        }
        String rpps = rpps(person);
        return "8|" + rpps + "|8" + rpps;
    }

    private String identity(int person) {
        boolean doctor = draw.happens(0.3, "doctor", person);
        return row(
                number(person),
                doctor ? "DR|Docteur" : "|",
                draw.happens(0.6, "woman", person) ? "MME|Madame" : "M|Monsieur",
                family(person) + "|" + given(person),
                draw.of(Names.PROFESSIONS, "profession", person),
                "C|Civil");
    }

    private String rpps(int person) {
        String digits = "10%08d".formatted(Math.floorMod(person * SPREAD + draw.seed(), RPPS_NUMBERS));
        char key = LuhnKey.of(digits);
        return digits + (draw.happens(0.001, "wrong key", person) ? (char) ('0' + (key - '0' + 1) % 10) : key);
    }

    private String family(int person) {
        String name = draw.of(Names.FAMILY_BEGIN, "begin", person) + draw.of(Names.FAMILY_END, "end", person);
        return draw.happens(0.1, "double", person)
                ? name + "-" + draw.of(Names.FAMILY_BEGIN, "second", person) + "ON"
                : name;
    }

    private String given(int person) {
        return draw.of(Names.GIVEN, "given", person);
    }

    private String skillOf(int person) {
        String[] skill = split(draw.of(Names.SKILLS, SKILL, person));
        return skill[2] + "|" + skill[3];
    }

    private String address(int person, int named) {
        String local = (plain(given(person)) + "." + plain(family(person)))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]", "-")
                .replaceAll("-+", "-");
        return local + "." + Integer.toString(named, Character.MAX_RADIX) + "@" + domain(named);
    }

    /** A few domains hold most of the mailboxes. */
    private String domain(int named) {
        int domains = size.domains();
        int wide = draw.below(domains, "domain", named);
        int narrow = draw.happens(0.8, "large domain", named) ? wide % (1 + domains / 25) : wide;
        return "d" + narrow + ".mssante.fr";
    }

    private String place(Site site) {
        if (site.isNone()) {
            return "||||||||||||";
        }
        Address address = address(site);
        return row(
                site.name(),
                "||",
                address.number() + "|",
                address.kind(),
                address.street(),
                "",
                address.routingLine(),
                address.postalCode(),
                "|FRANCE");
    }

    private Address address(Site site) {
        String[] kind = split(draw.of(Names.KINDS_OF_STREET, "street kind", site.place()));
        String[] town = split(draw.of(Names.TOWNS, "town", site.place()));
        return new Address(
                draw.below(180, "number", site.place()) + 1,
                kind[0],
                kind[1],
                draw.of(Names.STREETS, "street", site.place()),
                town[0],
                town[1],
                town[2]);
    }

    private static String keyed(String digits) {
        return digits + LuhnKey.of(digits);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    }

    private static String[] split(String columns) {
        return columns.split("\\|", -1);
    }

    private static String row(String... columns) {
        StringJoiner row = new StringJoiner("|");
        for (String column : columns) {
            row.add(column);
        }
        return row.toString();
    }
}
