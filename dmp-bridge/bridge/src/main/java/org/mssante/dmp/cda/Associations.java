package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;
import org.mssante.dmp.xds.metadata.Code;

/**
 * The French association tables: type to class (ASS_X16), model to format (ASS_A11), media type of an unstructured body
 * to format (ASS_A12), encounter to content type. They are data files with a version each.
 */
public final class Associations {
    private static final String CLASS_SYSTEM = "1.2.250.1.213.1.1.4.1";
    private static final String CONTENT_TYPE_SYSTEM = "1.2.250.1.213.2.2";
    private static final Code OTHER_FORMAT = new Code(
            "urn:asipSante:modelesHorsProfils:2011",
            "1.2.250.1.213.1.1.4.2.282",
            "Document non référencé IHE ou CI-SIS");
    private static final String OTHER_ENCOUNTER = "*";
    private static final String NONE = "none";

    private final CodeTable types;
    private final CodeTable classes;
    private final CodeTable structured;
    private final CodeTable unstructured;
    private final CodeTable contentTypes;
    private final String classOfNewerTypes;

    private Associations(String classOfNewerTypes) {
        this.types = CodeTable.load(Associations.class, "type-class.csv");
        this.classes = CodeTable.load(Associations.class, "classes.csv");
        this.structured = CodeTable.load(Associations.class, "formats-structured.csv");
        this.unstructured = CodeTable.load(Associations.class, "formats-unstructured.csv");
        this.contentTypes = CodeTable.load(Associations.class, "content-types.csv");
        this.classOfNewerTypes = classOfNewerTypes;
    }

    /**
     * @param classOfNewerTypes the class of document types that are newer than the association table, or {@code none}
     * @throws IllegalArgumentException where there is no such class
     */
    public static Associations shipped(String classOfNewerTypes) {
        Associations associations = new Associations(classOfNewerTypes);
        if (!classOfNewerTypes.equals(NONE)
                && associations.classes.row(classOfNewerTypes).isEmpty()) {
            throw new IllegalArgumentException("there is no document class " + classOfNewerTypes + " in TRE_A03");
        }
        return associations;
    }

    /** The type as the value set has it, with its label; empty where the DMP knows no such type. */
    public Optional<Code> type(Code written) {
        return types.row(written.code())
                .filter(row -> row.get(0).equals(written.codeSystem()))
                .map(row -> new Code(
                        written.code(),
                        written.codeSystem(),
                        written.displayName().isEmpty() ? row.get(1) : written.displayName()));
    }

    /** The class of a type that {@link #type} knows; empty for a newer type where these get none. */
    public Optional<Code> classOf(Code type) {
        return types.row(type.code())
                .map(row -> row.get(2).isEmpty() ? classOfNewerTypes : row.get(2))
                .flatMap(code -> classes.row(code).map(row -> new Code(code, CLASS_SYSTEM, row.get(0))));
    }

    /** The format of a document: by its body's media type (level 1), by its model (level 3), else "outside the models". */
    public Code format(CdaHeader header) {
        if (header.body().kind() == Body.Kind.UNSTRUCTURED) {
            return formatOf(header.body()).orElse(OTHER_FORMAT);
        }
        return header.templateIds().stream()
                .flatMap(template -> structured.row(template.root()).stream())
                .map(Associations::formatOf)
                .findFirst()
                .orElse(OTHER_FORMAT);
    }

    /** True for a level 1 body whose media type is none of CI-SIS (structuration minimale, nonXMLBody). */
    public boolean isForeign(Body body) {
        return body.kind() == Body.Kind.UNSTRUCTURED && formatOf(body).isEmpty();
    }

    private Optional<Code> formatOf(Body body) {
        return body.plainMediaType().flatMap(unstructured::row).map(Associations::formatOf);
    }

    private static Code formatOf(List<String> row) {
        return new Code(row.get(0), row.get(1), row.get(2));
    }

    /** What care led to the submission (JDV_J59), by the kind of stay (JDV_J142). */
    public Code contentType(CdaHeader header) {
        String encounter =
                header.encounter().flatMap(Encounter::code).map(Code::code).orElse(OTHER_ENCOUNTER);
        List<String> row = contentTypes
                .row(encounter)
                .or(() -> contentTypes.row(OTHER_ENCOUNTER))
                .orElseThrow(() -> new IllegalStateException("content-types.csv has no default row"));
        return new Code(row.get(0), CONTENT_TYPE_SYSTEM, row.get(1));
    }

    /** The editions of the tables, for the record of a decision. */
    public String version() {
        return "ASS_X16 " + types.version() + ", ASS_A11 " + structured.version() + ", ASS_A12 "
                + unstructured.version();
    }
}
