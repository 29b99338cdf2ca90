package org.mssante.annuaire.rpps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.core.id.StructureId;

/** {@code PS_LibreAcces_Personne_activite}, 56 columns (annuaire.md §1.5). */
public final class ActivityFormat extends ExtractFormat<Activity> {
    private static final Column PERSON_TYPE = Column.required("Type d'identifiant PP");
    private static final Column PERSON = Column.required("Identifiant PP");
    private static final Column TITLE = Column.required("Libellé civilité d'exercice");
    private static final Column FAMILY_NAME = Column.required("Nom d'exercice");
    private static final Column GIVEN_NAME = Column.required("Prénom d'exercice");
    private static final Column PROFESSION = Column.required("Code profession");
    private static final Column PROFESSION_LABEL = Column.required("Libellé profession");
    private static final Column SKILL_KIND = Column.optional("Code type savoir-faire");
    private static final Column SKILL_CODE = Column.optional("Code savoir-faire");
    private static final Column SKILL_LABEL = Column.required("Libellé savoir-faire");
    private static final Column MODE = Column.required("Code mode exercice");
    private static final Column SIRET = Column.required("Numéro SIRET site");
    private static final Column SIREN = Column.optional("Numéro SIREN site");
    private static final Column FINESS = Column.required("Numéro FINESS site");
    private static final Column LEGAL_ENTITY = Column.optional("Numéro FINESS établissement juridique");
    private static final Column TECHNICAL_ID = Column.required("Identifiant technique de la structure");
    private static final Column SITE_NAME = Column.required("Raison sociale site");
    private static final Column SITE_SIGN = Column.optional("Enseigne commerciale site");
    private static final Column STREET_NUMBER = Column.optional("Numéro Voie (coord. structure)");
    private static final Column STREET_KIND = Column.optional("Libellé type de voie (coord. structure)");
    private static final Column STREET = Column.optional("Libellé Voie (coord. structure)");
    private static final Column ROUTING_LINE = Column.optional("Bureau cedex (coord. structure)");
    private static final Column POSTAL_CODE = Column.required("Code postal (coord. structure)");
    private static final Column TOWN = Column.required("Libellé commune (coord. structure)");
    private static final Column PHONE = Column.optional("Téléphone (coord. structure)");
    private static final Column SECTOR = Column.optional("Code secteur d'activité");
    private static final Column ROLE = Column.optional("Code rôle", "Code fonction");
    private static final Column ACTIVITY_KIND = Column.optional("Code genre activité", "Code genre d'activité");

    /** Prefix of the technical identifier of a cabinet: R + RPPS + rank. */
    private static final String CABINET_PREFIX = "R";

    /** TRE_R21-Fonction: none that is defined. */
    private static final String UNDEFINED_ROLE = "FON-AU";

    public ActivityFormat() {
        super(
                List.of("PS_LibreAcces_Personne_activite", "ps-libreacces-personne-activite"),
                List.of(
                        PERSON_TYPE,
                        PERSON,
                        TITLE,
                        FAMILY_NAME,
                        GIVEN_NAME,
                        PROFESSION,
                        PROFESSION_LABEL,
                        SKILL_KIND,
                        SKILL_CODE,
                        SKILL_LABEL,
                        MODE,
                        SIRET,
                        SIREN,
                        FINESS,
                        LEGAL_ENTITY,
                        TECHNICAL_ID,
                        SITE_NAME,
                        SITE_SIGN,
                        STREET_NUMBER,
                        STREET_KIND,
                        STREET,
                        ROUTING_LINE,
                        POSTAL_CODE,
                        TOWN,
                        PHONE,
                        SECTOR,
                        ROLE,
                        ACTIVITY_KIND));
    }

    @Override
    Optional<Activity> record(Row row, ReadTally tally) {
        return Identifiers.rpps(row.text(PERSON_TYPE), row.text(PERSON), tally)
                .map(rpps -> new Activity(
                        rpps,
                        row.text(TITLE),
                        row.text(FAMILY_NAME),
                        row.text(GIVEN_NAME),
                        row.text(PROFESSION),
                        row.text(PROFESSION_LABEL),
                        new Activity.Savoir(row.text(SKILL_KIND), row.text(SKILL_CODE), row.text(SKILL_LABEL)),
                        isPractising(row),
                        site(row, tally)));
    }

    /** A line may carry an activity without any structure (annuaire.md §1.10), and none at all. */
    private static boolean isPractising(Row row) {
        return Stream.of(MODE, ROLE, ACTIVITY_KIND, TECHNICAL_ID)
                .anyMatch(column -> !row.text(column).isEmpty());
    }

    private static Optional<Activity.Site> site(Row row, ReadTally tally) {
        List<StructureId> numbers = numbers(row, tally);
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        Identifiers.structure(StructureId.Kind.SIREN, row.text(SIREN), tally).ifPresent(numbers::add);
        String legalEntity = row.text(LEGAL_ENTITY);
        return Optional.of(new Activity.Site(
                numbers.get(0),
                numbers.subList(1, numbers.size()),
                siteName(row),
                row.text(SECTOR),
                legalEntity.equals(row.text(FINESS))
                        ? Optional.empty()
                        : Identifiers.structure(StructureId.Kind.FINESS, legalEntity, tally),
                place(row)));
    }

    /** FINESS before SIRET before the cabinet's own number, as the technical identifier of the register does. */
    private static List<StructureId> numbers(Row row, ReadTally tally) {
        List<StructureId> numbers = new ArrayList<>();
        Identifiers.structure(StructureId.Kind.FINESS, row.text(FINESS), tally).ifPresent(numbers::add);
        Identifiers.structure(StructureId.Kind.SIRET, row.text(SIRET), tally).ifPresent(numbers::add);
        String technicalId = row.text(TECHNICAL_ID);
        if (technicalId.startsWith(CABINET_PREFIX)) {
            Identifiers.structure(StructureId.Kind.CABINET_RPPS, technicalId.substring(CABINET_PREFIX.length()), tally)
                    .ifPresent(numbers::add);
        }
        return numbers;
    }

    private static String siteName(Row row) {
        String name = row.text(SITE_NAME);
        return name.isEmpty() ? row.text(SITE_SIGN) : name;
    }

    private static Place place(Row row) {
        String street = Stream.of(STREET_NUMBER, STREET_KIND, STREET)
                .map(row::text)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return new Place(street, row.text(POSTAL_CODE), town(row), row.text(PHONE));
    }

    /** The routing line reads "01000 BOURG EN BRESSE": the town's label is the better name, where there is one. */
    private static String town(Row row) {
        String town = row.text(TOWN);
        return town.isEmpty() ? RoutingLine.town(row.text(ROUTING_LINE)) : town;
    }

    @Override
    Map<Column, String> line(Activity activity) {
        Map<Column, String> line = new HashMap<>();
        line.put(PERSON_TYPE, Identifiers.RPPS_TYPE);
        line.put(PERSON, activity.rpps().value());
        line.put(TITLE, activity.title());
        line.put(FAMILY_NAME, activity.familyName());
        line.put(GIVEN_NAME, activity.givenName());
        line.put(PROFESSION, activity.professionCode());
        line.put(PROFESSION_LABEL, activity.professionLabel());
        line.put(SKILL_KIND, activity.skill().kind());
        line.put(SKILL_CODE, activity.skill().code());
        line.put(SKILL_LABEL, activity.skill().label());
        line.put(ROLE, activity.practising() ? UNDEFINED_ROLE : "");
        activity.site().ifPresent(site -> {
            put(line, site.id());
            site.others().forEach(id -> put(line, id));
            line.put(SITE_NAME, site.name());
            line.put(SECTOR, site.sector());
            line.put(LEGAL_ENTITY, site.legalEntity().map(StructureId::number).orElse(""));
            line.put(STREET, site.place().street());
            line.put(POSTAL_CODE, site.place().postalCode());
            line.put(TOWN, site.place().town());
            line.put(PHONE, site.place().phone());
        });
        return line;
    }

    private static void put(Map<Column, String> line, StructureId id) {
        switch (id.kind()) {
            case FINESS -> line.put(FINESS, id.number());
            case SIRET -> line.put(SIRET, id.number());
            case SIREN -> line.put(SIREN, id.number());
            case CABINET_RPPS -> line.put(TECHNICAL_ID, CABINET_PREFIX + id.number());
            case CABINET_ADELI -> throw new IllegalArgumentException("no column names a site by it");
        }
    }
}
