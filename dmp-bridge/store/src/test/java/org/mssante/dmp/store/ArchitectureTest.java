package org.mssante.dmp.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses STORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mssante.dmp.store");

    @Test
    void noTwoPackagesDependOnEachOther() {
        slices().matching("org.mssante.dmp.store.(*)..")
                .should()
                .beFreeOfCycles()
                .check(STORE);
    }

    @Test
    void decisionsKnowNeitherSoapNorHttp() {
        noClasses()
                .that()
                .resideInAnyPackage("..store.registry..", "..store.query..", "..store.patient..", "..store.sql..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.cxf..", "jakarta.jws..", "jakarta.xml.ws..", "org.eclipse.jetty..")
                .check(STORE);
    }

    @Test
    void onlyTheTablesKnowSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..store.sql..", "..store.registry..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.zaxxer..")
                .check(STORE);
    }
}
