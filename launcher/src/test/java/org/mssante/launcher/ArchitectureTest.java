package org.mssante.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses LAUNCHER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mssante.launcher");

    @Test
    void onlyTheCommandsKnowTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mssante.launcher.cli..", "picocli..")
                .check(LAUNCHER);
    }

    @Test
    void instancesAndTracesKnowNoMail() {
        noClasses()
                .that()
                .resideInAnyPackage("..instance..", "..probe..", "..explain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mssante.launcher.mail..", "org.mssante.launcher.demo..", "jakarta.mail..")
                .check(LAUNCHER);
    }
}
