package org.mssante.dmp.xds.ebxml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Blanks;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.InvalidMetadataException;
import org.mssante.dmp.xds.metadata.Specialty;
import org.mssante.dmp.xds.metadata.Xcn;
import org.mssante.dmp.xds.metadata.Xon;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ClassificationType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ExternalIdentifierType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.IdentifiableType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.InternationalStringType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.LocalizedStringType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.RegistryObjectType;
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.SlotType1;

/**
 * Reads the attributes of one registry object. JAXB gives null for what is absent; no null leaves this class. Blanks
 * around values are dropped, because real metadata break values over lines.
 */
final class RegistryObjectReader {
    private final RegistryObjectType object;
    private final Flaws flaws;

    RegistryObjectReader(RegistryObjectType object, Flaws flaws) {
        this.object = object;
        this.flaws = flaws;
    }

    static String text(String jaxb) {
        return jaxb == null ? "" : Blanks.single(jaxb).strip();
    }

    /** The values of a slot of any registry object, blank ones left out. */
    static List<String> slot(IdentifiableType holder, String name) {
        return holder.getSlot().stream()
                .filter(slot -> name.equals(text(slot.getName())))
                .flatMap(RegistryObjectReader::values)
                .toList();
    }

    private static Stream<String> values(SlotType1 slot) {
        return slot.getValueList() == null
                ? Stream.empty()
                : slot.getValueList().getValue().stream()
                        .map(RegistryObjectReader::text)
                        .filter(value -> !value.isEmpty());
    }

    List<String> slot(String name) {
        return slot(object, name);
    }

    /** The one value of a slot; a second one is noted. */
    Optional<String> single(String name) {
        List<String> values = slot(name);
        if (values.size() > 1) {
            flaws.add(name, "the slot has one value");
        }
        return values.stream().findFirst();
    }

    <T> Optional<T> single(String name, Function<String, T> parse) {
        return single(name).flatMap(value -> flaws.parsed(name, value, parse));
    }

    /**
     * An identifier the object must have.
     *
     * @throws InvalidMetadataException where it is absent or blank
     */
    String identifier(String scheme, String attribute) {
        return object.getExternalIdentifier().stream()
                .filter(identifier -> Scheme.is(scheme, text(identifier.getIdentificationScheme())))
                .map(ExternalIdentifierType::getValue)
                .map(RegistryObjectReader::text)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> new InvalidMetadataException("the metadata have no " + attribute));
    }

    Optional<String> name() {
        return localized(object.getName());
    }

    Optional<String> description() {
        return localized(object.getDescription());
    }

    List<Code> codes(String scheme, String attribute) {
        List<Code> codes = new ArrayList<>();
        for (ClassificationType classification : classifications(scheme)) {
            String system = slot(classification, SlotName.CODING_SCHEME).stream()
                    .findFirst()
                    .orElse("");
            String label = localized(classification.getName()).orElse("");
            flaws.parsed(attribute, text(classification.getNodeRepresentation()), code -> new Code(code, system, label))
                    .ifPresent(codes::add);
        }
        return codes;
    }

    Optional<Code> code(String scheme, String attribute) {
        List<Code> codes = codes(scheme, attribute);
        if (codes.size() > 1) {
            flaws.add(attribute, "the attribute has one value");
        }
        return codes.stream().findFirst();
    }

    List<Author> authors(String scheme) {
        List<Author> authors = new ArrayList<>();
        for (ClassificationType classification : classifications(scheme)) {
            flaws.parsed("author", "", ignored -> author(classification)).ifPresent(authors::add);
        }
        return authors;
    }

    private Author author(ClassificationType classification) {
        return new Author(
                flaws.parsedAll(SlotName.AUTHOR_PERSON, slot(classification, SlotName.AUTHOR_PERSON), Xcn::new).stream()
                        .findFirst(),
                flaws.parsedAll(
                        SlotName.AUTHOR_INSTITUTION, slot(classification, SlotName.AUTHOR_INSTITUTION), Xon::new),
                slot(classification, SlotName.AUTHOR_ROLE),
                flaws.parsedAll(
                        SlotName.AUTHOR_SPECIALTY, slot(classification, SlotName.AUTHOR_SPECIALTY), Specialty::new));
    }

    private List<ClassificationType> classifications(String scheme) {
        return object.getClassification().stream()
                .filter(classification -> Scheme.is(scheme, text(classification.getClassificationScheme())))
                .toList();
    }

    /** French where there is a choice. */
    private static Optional<String> localized(InternationalStringType strings) {
        if (strings == null) {
            return Optional.empty();
        }
        List<LocalizedStringType> filled = strings.getLocalizedString().stream()
                .filter(string -> !text(string.getValue()).isEmpty())
                .toList();
        return Stream.concat(filled.stream().filter(RegistryObjectReader::isFrench), filled.stream())
                .findFirst()
                .map(string -> text(string.getValue()));
    }

    private static boolean isFrench(LocalizedStringType string) {
        return string.getLang() != null && string.getLang().regionMatches(true, 0, "fr", 0, 2);
    }
}
