package org.mssante.annuaire.rpps;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mssante.annuaire.api.MailboxType;
import org.mssante.core.id.MailAddress;
import org.mssante.core.id.StructureId;

/** {@code Extraction_Correspondance_MSSante}, 31 columns (annuaire.md §1.8). */
public final class PublishedMailboxFormat extends ExtractFormat<PublishedMailbox> {
    private static final Column TYPE = Column.required("Type de BAL");
    private static final Column ADDRESS = Column.required("Adresse BAL");
    private static final Column PERSON_TYPE = Column.required("Type Identifiant PP");
    private static final Column PERSON = Column.required("Identifiant PP");
    private static final Column STRUCTURE_TYPE = Column.required("Type identifiant structure");
    private static final Column STRUCTURE = Column.required("Identification Structure");
    private static final Column SERVICE = Column.required("Service de rattachement");
    private static final Column TITLE = Column.required("Civilité d'exercice");
    private static final Column FAMILY_NAME = Column.required("Nom d'exercice");
    private static final Column GIVEN_NAME = Column.required("Prénom d'exercice");
    private static final Column PROFESSION = Column.required("Code Profession");
    private static final Column PROFESSION_LABEL = Column.required("Libellé Profession");
    private static final Column SKILL_LABEL = Column.required("Libellé savoir-faire");
    private static final Column STRUCTURE_NAME = Column.required("Raison Sociale structure BAL");
    private static final Column STRUCTURE_SIGN = Column.optional("Enseigne commerciale structure BAL");
    private static final Column STREET_NUMBER = Column.optional("L4NUMEROVOIE structure BAL");
    // the leading N stands so in the file
    private static final Column STREET_KIND = Column.optional("NL4TYPEVOIE structure BAL");
    private static final Column STREET = Column.optional("L4LIBELLEVOIE structure BAL");
    private static final Column ROUTING_LINE = Column.optional("L6LIGNEACHEMINEMENT structure BAL");
    private static final Column POSTAL_CODE = Column.required("Code postal structure BAL");

    public PublishedMailboxFormat() {
        super(
                List.of("Extraction_Correspondance_MSSante", "extraction-correspondance-mssante"),
                List.of(
                        TYPE,
                        ADDRESS,
                        PERSON_TYPE,
                        PERSON,
                        STRUCTURE_TYPE,
                        STRUCTURE,
                        SERVICE,
                        TITLE,
                        FAMILY_NAME,
                        GIVEN_NAME,
                        PROFESSION,
                        PROFESSION_LABEL,
                        SKILL_LABEL,
                        STRUCTURE_NAME,
                        STRUCTURE_SIGN,
                        STREET_NUMBER,
                        STREET_KIND,
                        STREET,
                        ROUTING_LINE,
                        POSTAL_CODE));
    }

    @Override
    Optional<PublishedMailbox> record(Row row, ReadTally tally) {
        Optional<MailboxType> type = type(row.text(TYPE));
        Optional<MailAddress> address = Identifiers.parsed(row.text(ADDRESS), MailAddress::parse);
        if (type.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PublishedMailbox(
                address.get(),
                type.get(),
                Identifiers.rpps(row.text(PERSON_TYPE), row.text(PERSON), tally),
                kind(row.text(STRUCTURE_TYPE)).flatMap(kind -> Identifiers.structure(kind, row.text(STRUCTURE), tally)),
                row.text(SERVICE),
                row.text(TITLE),
                row.text(FAMILY_NAME),
                row.text(GIVEN_NAME),
                row.text(PROFESSION),
                row.text(PROFESSION_LABEL),
                row.text(SKILL_LABEL),
                row.text(STRUCTURE_NAME).isEmpty() ? row.text(STRUCTURE_SIGN) : row.text(STRUCTURE_NAME),
                place(row)));
    }

    private static Optional<MailboxType> type(String code) {
        return Arrays.stream(MailboxType.values())
                .filter(type -> type.name().equals(code))
                .findFirst();
    }

    /** TRE_G07-TypeIdentifiantStructure. */
    private static Optional<StructureId.Kind> kind(String code) {
        return Arrays.stream(StructureId.Kind.values())
                .filter(kind -> code.length() == 1 && kind.prefix() == code.charAt(0))
                .findFirst();
    }

    private static Place place(Row row) {
        String street = Stream.of(STREET_NUMBER, STREET_KIND, STREET)
                .map(row::text)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return new Place(street, row.text(POSTAL_CODE), RoutingLine.town(row.text(ROUTING_LINE)), "");
    }

    @Override
    Map<Column, String> line(PublishedMailbox mailbox) {
        Map<Column, String> line = new HashMap<>();
        line.put(TYPE, mailbox.type().name());
        line.put(ADDRESS, mailbox.address().toString());
        mailbox.holder().ifPresent(rpps -> {
            line.put(PERSON_TYPE, Identifiers.RPPS_TYPE);
            line.put(PERSON, rpps.value());
        });
        mailbox.structure().ifPresent(id -> {
            line.put(STRUCTURE_TYPE, String.valueOf(id.kind().prefix()));
            line.put(STRUCTURE, id.number());
        });
        line.put(SERVICE, mailbox.service());
        line.put(TITLE, mailbox.title());
        line.put(FAMILY_NAME, mailbox.familyName());
        line.put(GIVEN_NAME, mailbox.givenName());
        line.put(PROFESSION, mailbox.professionCode());
        line.put(PROFESSION_LABEL, mailbox.professionLabel());
        line.put(SKILL_LABEL, mailbox.skillLabel());
        line.put(STRUCTURE_NAME, mailbox.structureName());
        line.put(STREET, mailbox.place().street());
        line.put(POSTAL_CODE, mailbox.place().postalCode());
        line.put(
                ROUTING_LINE,
                RoutingLine.of(mailbox.place().postalCode(), mailbox.place().town()));
        return line;
    }
}
