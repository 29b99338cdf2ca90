package org.mssante.dmp.cda;

import java.util.List;
import java.util.Optional;

/**
 * recordTarget/patientRole: who the document is about. Personal data: {@link #toString()} shows none of it.
 *
 * @param ids in the order of the document
 * @param name all names of the patient; BR marks the birth name, CL the name in use, SP the name in use until 2022
 * @param sex administrativeGenderCode (JDV_J143)
 * @param birthTime as written, AAAA to AAAAMMJJ, or with the time of day
 * @param birthPlace the INSEE code of the place of birth (COG)
 */
public record Patient(
        List<InstanceId> ids,
        Name name,
        Optional<String> sex,
        Optional<String> birthTime,
        Optional<String> birthPlace) {
    private static final int DATE = 8;

    public Patient {
        ids = List.copyOf(ids);
    }

    /** Nom de naissance. */
    public Optional<String> birthFamilyName() {
        return name.family("BR", "");
    }

    /** Premier prénom de naissance, or the list of given names where only that is there. */
    public Optional<String> firstGivenName() {
        return name.given("BR", "");
    }

    /** Nom utilisé; documents until 2022 qualify it SP. */
    public Optional<String> familyNameInUse() {
        return name.family("CL", "SP");
    }

    /** AAAA to AAAAMMJJ: the time of day that a birth may have is no trait of identity. */
    public Optional<String> birthDate() {
        return birthTime.map(time -> time.substring(0, Math.min(time.length(), DATE)));
    }

    @Override
    public String toString() {
        return "Patient[" + ids.size() + " ids]";
    }
}
