package org.mssante.annuaire.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The properties of a mailbox that the command line can give. */
@Command
final class MailboxOptions {
    private static final String TEXT = "TEXT";

    @Option(names = "--display-name", paramLabel = TEXT, description = "The name its readers see.")
    private Optional<String> displayName;

    @Option(
            names = "--holder",
            paramLabel = "RPPS",
            description = "The professional of a PER (never changes), the responsible of a CAB.")
    private Optional<String> holder;

    @Option(
            names = "--structure",
            paramLabel = "ID",
            description =
                    "National identifier of the structure of an ORG or APP: 1 and the FINESS, or 3 and the SIRET.")
    private Optional<String> structure;

    @Option(
            names = "--liste-rouge",
            paramLabel = "true|false",
            description = "Whether it is left out of the directory that professionals see.")
    private Optional<String> unlisted;

    @Option(
            names = "--dmp-filing",
            paramLabel = "true|false|ask",
            description =
                    "Whether documents that arrive here are filed in the DMP: at once, never, or where a person says so.")
    private Optional<String> dmpFiling;

    @Option(
            names = "--signing",
            paramLabel = "NONE|SIGN",
            description = "Whether the server signs what is sent as this mailbox (its key lies in smime.keys).")
    private Optional<String> signing;

    @Option(
            names = "--certificate",
            paramLabel = "DN",
            description = "Subject of the client certificate that opens an APP, or an ORG as well as its members do.")
    private Optional<String> certificate;

    @Option(
            names = "--certificate-structure",
            paramLabel = "ID",
            description = "What the OU of that certificate names the structure by, where it is not --structure.")
    private Optional<String> certificateStructure;

    @Option(names = "--description", paramLabel = TEXT, description = "What it is for.")
    private Optional<String> description;

    @Option(names = "--service", paramLabel = TEXT, description = "The service an ORG or APP belongs to.")
    private Optional<String> service;

    @Option(names = "--responsable", paramLabel = TEXT, description = "Who answers for an ORG or APP; never published.")
    private Optional<String> responsible;

    @Option(
            names = "--preferred",
            paramLabel = "RANK",
            description =
                    "How much it is preferred among those of its holder or structure: 1 the most, up to 99; \"\" takes it"
                            + " away. It is published.")
    private Optional<String> preferred;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description =
                    "Of those who read it, e.g. fr or en: names its folders at the first log-in; \"\" is the server's.")
    private Optional<String> language;

    /** Those that were given, by the names the annuaire knows them by. */
    Map<String, String> given() {
        Map<String, String> given = new HashMap<>();
        displayName.ifPresent(value -> given.put("displayName", value));
        holder.ifPresent(value -> given.put("holder", value));
        structure.ifPresent(value -> given.put("structure", value));
        unlisted.ifPresent(value -> given.put("listeRouge", value));
        dmpFiling.ifPresent(value -> given.put("dmpFiling", value));
        signing.ifPresent(value -> given.put("signingPolicy", value));
        certificate.ifPresent(value -> given.put("certificateSubject", value));
        certificateStructure.ifPresent(value -> given.put("certificateStructure", value));
        description.ifPresent(value -> given.put("description", value));
        service.ifPresent(value -> given.put("service", value));
        responsible.ifPresent(value -> given.put("responsable", value));
        preferred.ifPresent(value -> given.put("preferred", value));
        language.ifPresent(value -> given.put("language", value));
        return given;
    }
}
