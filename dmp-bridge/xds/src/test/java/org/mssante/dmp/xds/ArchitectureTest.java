package org.mssante.dmp.xds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses XDS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mssante.dmp.xds");

    @Test
    void noTwoPackagesDependOnEachOther() {
        slices().matching("org.mssante.dmp.xds.(*)..").should().beFreeOfCycles().check(XDS);
    }

    @Test
    void metadataValuesKnowNeitherEbxmlNorSoap() {
        classes()
                .that()
                .resideInAnyPackage("..xds.metadata..", "..xds.answer..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.mssante.dmp.xds.metadata..",
                        "org.mssante.dmp.xds.answer..",
                        "org.mssante.core.id..",
                        "java..")
                .check(XDS);
    }

    @Test
    void onlyTheWiringKnowsHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..xds.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.cxf.transport..")
                .check(XDS);
    }
}
