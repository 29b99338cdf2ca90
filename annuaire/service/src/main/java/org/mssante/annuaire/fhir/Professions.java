package org.mssante.annuaire.fhir;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tables that the codes of professions stand in: the extracts give the code alone (JDV_J106-EnsembleProfession-RASS; annuaire.md
 * §2.4). A code that is newer than these lists has no system here, and its label all the same.
 */
enum Professions {
    HEALTH(
            "TRE_G15-ProfessionSante",
            "10 21 26 28 31 32 35 36 37 38 39 40 50 60 69 70 80 81 82 83 84 85 86 91 92 94 95 96 98"),
    SOCIAL(
            "TRE_R94-ProfessionSocial",
            "41 42 43 44 45 46 47 48 49 51 52 53 200 201 202 203 204 205 206 207 208 209 210 211 212 213"),
    TITLE("TRE_R95-UsagerTitre", "71 72 73 93 97 171 172 173 193 194"),
    OTHER("TRE_R291-AutreProfession", "99");

    private final String system;
    private final String codes;

    Professions(String name, String codes) {
        this.system = Systems.nomenclature(name);
        this.codes = codes;
    }

    /** The system of a code. */
    static Optional<String> systemOf(String code) {
        return Arrays.stream(values())
                .filter(table -> table.codes().contains(code))
                .map(table -> table.system)
                .findFirst();
    }

    /** The codes of a system; none of one that is no table of professions. */
    static List<String> codesOf(String system) {
        return Arrays.stream(values())
                .filter(table -> table.system.equals(system))
                .flatMap(table -> table.codes().stream())
                .toList();
    }

    private List<String> codes() {
        return List.of(codes.split(" "));
    }
}
