package org.mssante.annuaire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A package imports downward only, and each outside library has one room (docs: architecture). */
final class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mssante.annuaire");

    @Test
    void importsDownwardOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("service")
                .definedBy("org.mssante.annuaire")
                .layer("cli")
                .definedBy("org.mssante.annuaire.cli..")
                .layer("admin")
                .definedBy("org.mssante.annuaire.admin..")
                .layer("rest")
                .definedBy("org.mssante.annuaire.rest..")
                .layer("office")
                .definedBy("org.mssante.annuaire.office..")
                .layer("lifecycle")
                .definedBy("org.mssante.annuaire.lifecycle..")
                .layer("publish")
                .definedBy("org.mssante.annuaire.publish..")
                .layer("ldap")
                .definedBy("org.mssante.annuaire.ldap..")
                .layer("fhir")
                .definedBy("org.mssante.annuaire.fhir..")
                .layer("web")
                .definedBy("org.mssante.annuaire.web..")
                .layer("login")
                .definedBy("org.mssante.annuaire.login..")
                .layer("sync")
                .definedBy("org.mssante.annuaire.sync..")
                .layer("index")
                .definedBy("org.mssante.annuaire.index..")
                .layer("registry")
                .definedBy("org.mssante.annuaire.registry..")
                .layer("rpps")
                .definedBy("org.mssante.annuaire.rpps..")
                .layer("crawl")
                .definedBy("org.mssante.annuaire.crawl..")
                .layer("source")
                .definedBy("org.mssante.annuaire.source..")
                .layer("generate")
                .definedBy("org.mssante.annuaire.generate..")
                .layer("work")
                .definedBy("org.mssante.annuaire.work..")
                .layer("api")
                .definedBy("org.mssante.annuaire.api..")
                .whereLayer("service")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("admin")
                .mayOnlyBeAccessedByLayers("service")
                .whereLayer("rest")
                .mayOnlyBeAccessedByLayers("service")
                .whereLayer("office")
                .mayOnlyBeAccessedByLayers("service", "admin", "rest")
                .whereLayer("lifecycle")
                .mayOnlyBeAccessedByLayers("service", "admin")
                .whereLayer("publish")
                .mayOnlyBeAccessedByLayers("service", "admin")
                .whereLayer("fhir")
                .mayOnlyBeAccessedByLayers("service")
                .whereLayer("web")
                .mayOnlyBeAccessedByLayers("service", "fhir", "rest")
                .whereLayer("login")
                .mayOnlyBeAccessedByLayers("service", "ldap", "web", "fhir", "rest")
                .whereLayer("ldap")
                .mayOnlyBeAccessedByLayers("service")
                .whereLayer("sync")
                .mayOnlyBeAccessedByLayers("service", "admin", "office", "cli", "lifecycle")
                .whereLayer("index")
                .mayOnlyBeAccessedByLayers("service", "admin", "ldap", "login", "fhir", "rest", "sync", "lifecycle")
                .whereLayer("registry")
                .mayOnlyBeAccessedByLayers(
                        "service", "admin", "office", "rest", "ldap", "login", "sync", "lifecycle", "publish")
                .whereLayer("rpps")
                .mayOnlyBeAccessedByLayers("sync", "source", "crawl")
                .whereLayer("crawl")
                .mayOnlyBeAccessedByLayers("service", "source")
                .whereLayer("source")
                .mayOnlyBeAccessedByLayers("service", "admin", "cli")
                .whereLayer("work")
                .mayOnlyBeAccessedByLayers("sync", "index")
                .whereLayer("generate")
                .mayOnlyBeAccessedByLayers("cli")
                .check(CLASSES);
    }

    @Test
    void theInterfaceKnowsNothingOfTheService() {
        noClasses()
                .that()
                .resideInAPackage("org.mssante.annuaire.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.mssante.annuaire",
                        "org.mssante.annuaire.cli..",
                        "org.mssante.annuaire.ldap..",
                        "org.mssante.annuaire.lifecycle..",
                        "org.mssante.annuaire.publish..",
                        "org.mssante.annuaire.sync..",
                        "org.mssante.annuaire.index..",
                        "org.mssante.annuaire.registry..",
                        "org.mssante.annuaire.rpps..")
                .check(CLASSES);
    }

    @Test
    void luceneStaysInTheIndex() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mssante.annuaire.index..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .check(CLASSES);
    }

    @Test
    void ldapStaysInTheProtocolTheClientAndTheCommands() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.mssante.annuaire.ldap..", "org.mssante.annuaire.api..", "org.mssante.annuaire.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.unboundid..")
                .check(CLASSES);
    }

    @Test
    void fhirStaysInItsApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mssante.annuaire.fhir..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..")
                .check(CLASSES);
    }

    @Test
    void jettyStaysInTheHttpsPortAndServletsInItsApis() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mssante.annuaire.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.mssante.annuaire.web..", "org.mssante.annuaire.fhir..", "org.mssante.annuaire.rest..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet..")
                .check(CLASSES);
    }

    @Test
    void mailStaysInTheNotices() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mssante.annuaire.lifecycle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..")
                .check(CLASSES);
    }

    /** A rename by itself may be on the disk before what is renamed: {@link org.mssante.core.fetch.DurableMove} does both in order. */
    @Test
    void noFileTakesThePlaceOfAnotherBeforeItIsOnTheDisk() {
        noClasses()
                .should()
                .callMethod(Files.class, "move", Path.class, Path.class, CopyOption[].class)
                .check(CLASSES);
    }

    @Test
    void sqlStaysInTheRegistry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mssante.annuaire.registry..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql..")
                .check(CLASSES);
    }
}
