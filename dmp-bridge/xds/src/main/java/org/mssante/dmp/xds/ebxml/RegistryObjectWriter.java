package org.mssante.dmp.xds.ebxml;

import java.util.List;
import org.mssante.dmp.xds.metadata.Author;
import org.mssante.dmp.xds.metadata.Code;
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
import org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ValueListType;

/** Writes attributes onto one registry object, in the shapes of the DMP's own messages. */
final class RegistryObjectWriter {
    private static final String LANGUAGE = "FR";
    private static final String CHARSET = "UTF8";

    private final RegistryObjectType object;
    private int parts;

    RegistryObjectWriter(RegistryObjectType object) {
        this.object = object;
    }

    /** Adds a slot; without values there is none. */
    static void slot(IdentifiableType holder, String name, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        ValueListType list = new ValueListType();
        list.getValue().addAll(values);
        SlotType1 slot = new SlotType1();
        slot.setName(name);
        slot.setValueList(list);
        holder.getSlot().add(slot);
    }

    /** Sets a slot to one value, whatever it held. */
    static void replaceSlot(IdentifiableType holder, String name, String value) {
        holder.getSlot().removeIf(slot -> name.equals(slot.getName()));
        slot(holder, name, List.of(value));
    }

    static InternationalStringType localized(String text) {
        LocalizedStringType string = new LocalizedStringType();
        string.setLang(LANGUAGE);
        string.setCharset(CHARSET);
        string.setValue(text);
        InternationalStringType strings = new InternationalStringType();
        strings.getLocalizedString().add(string);
        return strings;
    }

    void slot(String name, String value) {
        slot(object, name, List.of(value));
    }

    void slot(String name, List<String> values) {
        slot(object, name, values);
    }

    void code(String scheme, Code code) {
        ClassificationType classification = classification();
        classification.setClassificationScheme(scheme);
        classification.setNodeRepresentation(code.code());
        if (!code.codeSystem().isEmpty()) {
            slot(classification, SlotName.CODING_SCHEME, List.of(code.codeSystem()));
        }
        classification.setName(localized(code.displayName()));
    }

    void author(String scheme, Author author) {
        ClassificationType classification = classification();
        classification.setClassificationScheme(scheme);
        classification.setNodeRepresentation("");
        slot(
                classification,
                SlotName.AUTHOR_INSTITUTION,
                author.institutions().stream().map(Xon::text).toList());
        slot(
                classification,
                SlotName.AUTHOR_PERSON,
                author.person().map(Xcn::text).stream().toList());
        slot(classification, SlotName.AUTHOR_ROLE, author.roles());
        slot(
                classification,
                SlotName.AUTHOR_SPECIALTY,
                author.specialties().stream().map(Specialty::text).toList());
    }

    void node(String node) {
        classification().setClassificationNode(node);
    }

    void identifier(String scheme, String name, String value) {
        ExternalIdentifierType identifier = new ExternalIdentifierType();
        identifier.setId(nextId("e"));
        identifier.setRegistryObject(object.getId());
        identifier.setIdentificationScheme(scheme);
        identifier.setValue(value);
        identifier.setName(localized(name));
        object.getExternalIdentifier().add(identifier);
    }

    private ClassificationType classification() {
        ClassificationType classification = new ClassificationType();
        classification.setId(nextId("c"));
        classification.setClassifiedObject(object.getId());
        object.getClassification().add(classification);
        return classification;
    }

    private String nextId(String kind) {
        parts++;
        return object.getId() + "_" + kind + parts;
    }
}
