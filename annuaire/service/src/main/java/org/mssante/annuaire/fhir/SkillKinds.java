package org.mssante.annuaire.fhir;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of savoir-faire (TRE_R04) and the table that the codes of each stand in (JDV_J107-EnsembleSavoirFaire-RASS). */
enum SkillKinds {
    S("TRE_R38-SpecialiteOrdinale"),
    C("TRE_R39-Competence"),
    CEX("TRE_R40-CompetenceExclusive"),
    OP("TRE_G13-OrientationParticuliere"),
    DNQ("TRE_R42-DESCnonQualifiant"),
    CAPA("TRE_R43-CapaciteSavoirFaire"),
    PAC("TRE_R44-QualificationPAC"),
    FQ("TRE_R45-FonctionQualifiee"),
    DEC("TRE_R97-DroitExerciceCompl"),
    SST("TRE_R359-SurspecialiteTransversale");

    private final String system;

    SkillKinds(String name) {
        this.system = Systems.nomenclature(name);
    }

    /** The system of the codes of a kind. */
    static Optional<String> systemOf(String kind) {
        return Arrays.stream(values())
                .filter(one -> one.name().equals(kind))
                .map(one -> one.system)
                .findFirst();
    }

    /** The kind whose codes stand in a system. */
    static Optional<String> kindOf(String system) {
        return Arrays.stream(values())
                .filter(one -> one.system.equals(system))
                .map(Enum::name)
                .findFirst();
    }

    static List<String> all() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }
}
