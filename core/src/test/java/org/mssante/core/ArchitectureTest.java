package org.mssante.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.mssante.core.sql.StaleChunks;
import org.mssante.core.sql.TornWriteFileSystem;

class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mssante.core");

    /** The exceptions are what databases are told, for the services that keep one: of the disk, and of their schema. */
    @Test
    void coreDependsOnTheJdkOnJsonAndOnTheLogAlone() {
        classes()
                .that()
                .doNotHaveFullyQualifiedName(TornWriteFileSystem.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(TornWriteFileSystem.class.getName() + "$OrderedChannel")
                .and()
                .doNotHaveFullyQualifiedName("org.mssante.core.sql.EmbeddedForce")
                .and()
                .doNotHaveFullyQualifiedName(StaleChunks.class.getName())
                .and()
                .doNotHaveFullyQualifiedName("org.mssante.core.sql.SchemaMigration")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.mssante.core..",
                        "java..",
                        "javax.net.ssl..",
                        "javax.security.auth.x500..",
                        "jdk.net..",
                        "com.fasterxml.jackson.core..",
                        "org.slf4j..")
                .check(CORE);
    }

    @Test
    void noTwoPackagesOfCoreDependOnEachOther() {
        slices().matching("org.mssante.core.(*)..").should().beFreeOfCycles().check(CORE);
    }
}
