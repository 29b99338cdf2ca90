package org.mssante.dmp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms of the bridge and what they must not know. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mssante.dmp.bridge", "org.mssante.dmp.cda", "org.mssante.dmp.consent");

    @Test
    void documentsKnowNothingOfMailSqlOrSoap() {
        noClasses()
                .that()
                .resideInAPackage("org.mssante.dmp.cda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.mssante.dmp.bridge..",
                        "org.mssante.dmp.consent..",
                        "java.sql..",
                        "jakarta.mail..",
                        "org.apache.cxf..")
                .check(CLASSES);
    }

    @Test
    void extractionKnowsNeitherSqlNorTheDmp() {
        noClasses()
                .that()
                .resideInAPackage("org.mssante.dmp.bridge.extract..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "org.mssante.dmp.consent..",
                        "org.mssante.dmp.bridge.ledger..",
                        "org.mssante.dmp.bridge.filing..",
                        "org.mssante.dmp.xds.client..")
                .check(CLASSES);
    }

    @Test
    void onlyTheLedgerSpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mssante.dmp.bridge.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "com.zaxxer.hikari..")
                .check(CLASSES);
    }

    @Test
    void consentKnowsNothingOfTheBridge() {
        noClasses()
                .that()
                .resideInAPackage("org.mssante.dmp.consent..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mssante.dmp.bridge..")
                .check(CLASSES);
    }

    @Test
    void roomsDependOnEachOtherInOneDirection() {
        slices().matching("org.mssante.dmp.bridge.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
