package org.mssante.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the rooms of the trust space may not know (architecture, "server"). */
class RoomsTest {
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mssante.server.trust", "org.mssante.server.smime", "org.mssante.server.delivery");

    @Test
    void trustKnowsNeitherMailNorJamesNorItsNeighbours() {
        noClasses()
                .that()
                .resideInAPackage("..server.trust..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.james..",
                        "org.apache.mailet..",
                        "javax.mail..",
                        "..server.delivery..",
                        "..server.smime..",
                        "..server.smtp..",
                        "..server.mailbox..",
                        "..server.cli..")
                .check(SERVER);
    }

    @Test
    void smimeKnowsMailAndTrustButNotJames() {
        noClasses()
                .that()
                .resideInAPackage("..server.smime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.james..", "org.apache.mailet..", "..server.delivery..", "..server.smtp..")
                .check(SERVER);
    }

    @Test
    void deliveryKnowsNothingOfHowMessagesComeIn() {
        noClasses()
                .that()
                .resideInAPackage("..server.delivery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..server.smtp..", "..server.imap..", "..server.spool..", "..server.smime..")
                .check(SERVER);
    }
}
