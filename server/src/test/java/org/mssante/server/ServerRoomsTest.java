package org.mssante.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** Who may know whom in the server (docs/architecture.md, "server"). */
class ServerRoomsTest {
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.mssante.server");

    @Test
    void noTwoRoomsDependOnEachOther() {
        SlicesRuleDefinition.slices()
                .matching("org.mssante.server.(*)..")
                .should()
                .beFreeOfCycles()
                .check(SERVER);
    }

    @Test
    void roomsDoNotKnowTheAssembly() {
        noClasses()
                .that()
                .resideInAPackage("org.mssante.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mssante.server")
                .check(SERVER);
    }

    @Test
    void smtpAndImapKnowNeitherXmlNorLdap() {
        noClasses()
                .that()
                .resideInAnyPackage("..server.smtp..", "..server.imap..", "..server.auth..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.unboundid..", "org.w3c.dom..", "javax.xml..", "org.mssante.server.storage..")
                .check(SERVER);
    }

    @Test
    void logInAndMailboxesKnowNoProtocol() {
        noClasses()
                .that()
                .resideInAnyPackage("..server.auth..", "..server.mailbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..server.smtp..",
                        "..server.imap..",
                        "..server.spool..",
                        "org.apache.james.protocols..",
                        "org.apache.james.imap..",
                        "io.netty..")
                .check(SERVER);
    }

    @Test
    void theSpoolKnowsNoProtocol() {
        noClasses()
                .that()
                .resideInAPackage("..server.spool..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..server.smtp..", "..server.imap..", "org.apache.james.protocols..", "io.netty..")
                .check(SERVER);
    }

    @Test
    void storageKnowsNoOtherRoom() {
        noClasses()
                .that()
                .resideInAPackage("..server.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..server.smtp..",
                        "..server.imap..",
                        "..server.auth..",
                        "..server.spool..",
                        "..server.trust..",
                        "..server.delivery..",
                        "..server.smime..",
                        "..server.mailbox")
                .check(SERVER);
    }
}
