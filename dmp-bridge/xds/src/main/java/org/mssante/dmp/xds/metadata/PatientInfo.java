package org.mssante.dmp.xds.metadata;

import java.util.ArrayList;
import java.util.List;

/**
 * The identity traits of a patient as the source knows them (sourcePatientInfo): lines {@code PID-n|value}. Kept as
 * written; personal data, so {@link #toString()} shows none of it.
 */
public record PatientInfo(List<String> lines) {
    /** No traits at all. */
    public static final PatientInfo NONE = new PatientInfo(List.of());
    /** PID-5 type of the birth name. */
    public static final String BIRTH_NAME = "L";
    /** PID-5 type of the name in use. */
    public static final String NAME_IN_USE = "D";

    private static final String NAME = "PID-5";
    private static final String BIRTH = "PID-7";
    private static final String SEX = "PID-8";

    public PatientInfo {
        lines = List.copyOf(lines);
    }

    /** One name of a patient; {@code type} is {@link #BIRTH_NAME} or {@link #NAME_IN_USE}. */
    public record Name(String family, String given, String type) {}

    /**
     * @param birthDate yyyyMMdd; empty where unknown
     * @param sex M, F, O or U; empty where unknown
     */
    public static PatientInfo of(List<Name> names, String birthDate, String sex) {
        List<String> lines = new ArrayList<>();
        for (Name name : names) {
            lines.add(NAME + "|"
                    + Hl7Text.join(
                            Hl7Text.escape(name.family()),
                            Hl7Text.escape(name.given()),
                            "",
                            "",
                            "",
                            "",
                            Hl7Text.escape(name.type())));
        }
        if (!birthDate.isEmpty()) {
            lines.add(BIRTH + "|" + Hl7Text.escape(birthDate));
        }
        if (!sex.isEmpty()) {
            lines.add(SEX + "|" + Hl7Text.escape(sex));
        }
        return new PatientInfo(lines);
    }

    /** The values of a field, e.g. {@code PID-5}, escaped as they stand. */
    public List<String> field(String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field + "|"))
                .map(line -> line.substring(field.length() + 1))
                .toList();
    }

    public List<Name> names() {
        return field(NAME).stream()
                .map(name -> new Name(Hl7Text.plain(name, 1), Hl7Text.plain(name, 2), Hl7Text.plain(name, 7)))
                .toList();
    }

    /** PID-7, e.g. {@code 19790328}; empty where unknown. */
    public String birthDate() {
        return first(BIRTH);
    }

    /** PID-8; empty where unknown. */
    public String sex() {
        return first(SEX);
    }

    private String first(String field) {
        return field(field).stream()
                .findFirst()
                .map(value -> Hl7Text.plain(value, 1))
                .orElse("");
    }

    @Override
    public String toString() {
        return "PatientInfo[" + lines.size() + " lines]";
    }
}
