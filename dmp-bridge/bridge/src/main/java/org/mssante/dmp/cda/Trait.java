package org.mssante.dmp.cda;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The five identity traits that go with an INS (référentiel INS; CI-SIS structuration minimale, patientRole). */
public enum Trait {
    BIRTH_NAME("birth-name"),
    GIVEN_NAME("given-name"),
    SEX("sex"),
    BIRTH_DATE("birth-date"),
    BIRTH_PLACE("birth-place");

    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{M}](?:[\\p{L}\\p{M} .'\u2019-]{0,98}[\\p{L}\\p{M}.])?");
    private static final Pattern SEX_CODE = Pattern.compile("M|F|U|UN");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}(?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{4,6}(?:\\.[0-9]{1,4})?(?:[+-][0-9]{4})?)?)?)?");
    private static final Pattern COG = Pattern.compile("[0-9]{5}|2[AB][0-9]{3}");
    private static final int DAY = 8;

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

    /**
     * Whether a trait that is there can be one: the letters of a name (RNIV), the codes of JDV_J143, a day of the calendar as
     * AAAA to AAAAMMJJ, a COG code.
     */
    boolean hasForm(Patient patient) {
        return switch (this) {
            case BIRTH_NAME -> fits(patient.birthFamilyName(), NAME);
            case GIVEN_NAME -> fits(patient.firstGivenName(), NAME);
            case SEX -> fits(patient.sex(), SEX_CODE);
            case BIRTH_DATE ->
                fits(patient.birthTime(), TIME)
                        && patient.birthDate().filter(Trait::isDay).isPresent();
            case BIRTH_PLACE -> fits(patient.birthPlace(), COG);
        };
    }

    private static boolean fits(Optional<String> value, Pattern form) {
        return value.filter(text -> form.matcher(text).matches()).isPresent();
    }

    /** True for a year, a month of a year or a day of the calendar. */
    private static boolean isDay(String text) {
        try {
            LocalDate.parse((text + "0101").substring(0, DAY), DateTimeFormatter.BASIC_ISO_DATE);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
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
