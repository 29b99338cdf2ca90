package org.mssante.dmp.cda;

/** The five identity traits that go with an INS (référentiel INS; CI-SIS structuration minimale, patientRole). */
public enum Trait {
    BIRTH_NAME("birth-name"),
    GIVEN_NAME("given-name"),
    SEX("sex"),
    BIRTH_DATE("birth-date"),
    BIRTH_PLACE("birth-place");

    private final String key;

    Trait(String key) {
        this.key = key;
    }

    /** The word for it in settings. */
    public String key() {
        return key;
    }

    boolean isMissing(Patient patient) {
        return switch (this) {
            case BIRTH_NAME -> patient.birthFamilyName().isEmpty();
            case GIVEN_NAME -> patient.firstGivenName().isEmpty();
            case SEX -> patient.sex().isEmpty();
            case BIRTH_DATE -> patient.birthTime().isEmpty();
            case BIRTH_PLACE -> patient.birthPlace().isEmpty();
        };
    }

    /** @throws IllegalArgumentException where no trait has this name */
    public static Trait ofKey(String key) {
        for (Trait trait : values()) {
            if (trait.key.equals(key)) {
                return trait;
            }
        }
        throw new IllegalArgumentException(
                "the identity traits are birth-name, given-name, sex, birth-date, birth-place");
    }
}
