package org.mssante.dmp.bridge.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mssante.core.id.Ins;
import org.mssante.dmp.cda.Assessment;
import org.mssante.dmp.cda.Associations;
import org.mssante.dmp.cda.CdaMetadata;
import org.mssante.dmp.cda.CdaSchema;
import org.mssante.dmp.cda.DocumentAssessor;
import org.mssante.dmp.cda.HeaderAssessor;
import org.mssante.dmp.cda.InsRules;
import org.mssante.dmp.cda.PatientIdentity;
import org.mssante.dmp.cda.SchemaRule;
import org.mssante.dmp.cda.Trait;
import org.mssante.dmp.xds.metadata.Code;
import org.mssante.dmp.xds.metadata.DocumentEntry;
import org.mssante.dmp.xds.xdm.MetadataUnreadableException;
import org.mssante.dmp.xds.xdm.XdmMetadata;

/** Every real document, package and mail ends as the specification says. The documents lie beside the project. */
class CorpusTest {
    private final MailExtractor extractor = Samples.extractor(ExtractionLimits.DEFAULT);
    private final DocumentAssessor assessor = assessor();
    private Path corpus = Path.of("");

    @BeforeEach
    void findCorpus() {
        String folder = System.getProperty("mssante.corpus", "");
        Assumptions.assumeFalse(folder.isEmpty(), "the corpus of real documents is not there (-Dmssante.corpus)");
        corpus = Path.of(folder);
    }

    /**
     * Files that do not simply end in filed documents, with the reason in the specification. Everything else is a
     * document of the form and identity the DMP takes.
     */
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            // no place of birth beside the INS (CI-SIS structuration minimale, patientRole: five traits)
            Map.entry("cda/older/F-PRC-DCI_1.4.xml", List.of("INS_INCOMPLETE")),
            // the hash of the metadata is all zeros
            Map.entry("xdm/bad_hash.zip", List.of("XDM_HASH_MISMATCH")),
            // a submission set is registered whole or not at all (ITI TF-2 §3.41)
            Map.entry("xdm/bad_missing_doc.zip", List.of("XDM_DOCUMENT_MISSING", "XDM_DOCUMENT_MISSING")),
            Map.entry("xdm/bad_patient_mismatch.zip", List.of("INS_MISMATCH")),
            Map.entry("xdm/bad_xxe.zip", List.of("XML_FORBIDDEN_CONSTRUCT")),
            Map.entry("xdm/ok_multi_2docs.zip", List.of("FILEABLE", "FILEABLE")),
            // both reports identify the patient by the historic INS-C only (1.2.250.1.213.1.4.2)
            Map.entry("xdm/real_XDM_2-CR-BIO.zip", List.of("INS_ABSENT", "INS_ABSENT")));

    @Test
    void everyFileEndsAsTheSpecificationSays() {
        Map<String, List<String>> seen = new TreeMap<>();
        Map<String, List<String>> expected = new TreeMap<>();
        for (String folder : List.of("cda", "cda/older", "xdm", "mail")) {
            for (Path file : files(folder)) {
                String name = corpus.relativize(file).toString();
                seen.put(name, outcomes(file));
                expected.put(name, EXPECTED.getOrDefault(name, List.of("FILEABLE")));
            }
        }
        assertThat(seen).hasSizeGreaterThan(60).containsExactlyEntriesOf(expected);
    }

    @Test
    void theMetadataOfGoodPackagesAreDerivedFromTheirDocuments() {
        List<Path> packages = files("xdm").stream()
                .filter(file -> file.getFileName().toString().startsWith("ok_"))
                .toList();
        assertThat(packages).isNotEmpty();
        for (Path file : packages) {
            List<DocumentEntry> announced = announced(file);
            List<DocumentEntry> derived = found(file).stream()
                    .map(result -> (Extracted.Document) result)
                    .map(document -> ((Assessment.Fileable) assessment(document)).entry())
                    .toList();
            assertThat(derived).hasSameSizeAs(announced);
            for (int i = 0; i < derived.size(); i++) {
                assertSameMetadata(file.getFileName().toString(), derived.get(i), announced.get(i));
            }
        }
    }

    @Test
    void aMaskOfTheSenderIsKept() {
        Extracted.Document document = (Extracted.Document)
                found(corpus.resolve("xdm/masked_MASQUE_PS.zip")).get(0);
        assertThat(document.metadata().masks()).extracting(Code::code).containsExactly("MASQUE_PS");
    }

    /** Packages do not repeat the orders of the header (referenceIdList), and give the source's traits their own way. */
    private static void assertSameMetadata(String file, DocumentEntry derived, DocumentEntry announced) {
        assertThat(derived)
                .as(file)
                .usingRecursiveComparison()
                .withEqualsForType(
                        (one, other) -> one.replaceAll("\\s*\\^\\s*", "^").equals(other.replaceAll("\\s*\\^\\s*", "^")),
                        String.class)
                .ignoringFields("id", "hash", "size", "uri", "version", "sourcePatientInfo", "referenceIds")
                .ignoringFieldsMatchingRegexes(".*displayName.*")
                .isEqualTo(announced);
    }

    private List<String> outcomes(Path file) {
        return found(file).stream()
                .filter(result -> !(result instanceof Extracted.Ignored))
                .map(this::outcome)
                .toList();
    }

    private List<Extracted> found(Path file) {
        byte[] bytes = bytes(file);
        return file.toString().endsWith(".eml")
                ? extractor.mail(bytes)
                : extractor.file(file.getFileName().toString(), bytes);
    }

    private String outcome(Extracted result) {
        if (result instanceof Extracted.Refused refused) {
            return refused.outcome().name();
        }
        Extracted.Document document = (Extracted.Document) result;
        return assessment(document) instanceof Assessment.Refused refused
                ? refused.outcome().name()
                : "FILEABLE";
    }

    private static List<DocumentEntry> announced(Path file) {
        try {
            return ZipArchive.read(
                            bytes(file), ExtractionLimits.ZipLimits.DEFAULT, new Budget(ExtractionLimits.DEFAULT))
                    .all()
                    .stream()
                    .filter(member -> member.name().equals("METADATA.XML"))
                    .flatMap(member -> entries(member.content()).stream())
                    .toList();
        } catch (ZipArchive.Rejected e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<DocumentEntry> entries(byte[] metadata) {
        try {
            return new XdmMetadata(10_000_000, 100, 100_000)
                    .read(new ByteArrayInputStream(metadata))
                    .entries();
        } catch (IOException | MetadataUnreadableException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(corpus.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Assessment assessment(Extracted.Document document) {
        return assessor.assess(document.bytes().copy(), document.header(), document.metadata());
    }

    private static DocumentAssessor assessor() {
        InsRules rules = new InsRules(
                List.of(Ins.NIR, Ins.NIA, Ins.NIR_TEST, Ins.NIR_DEMO), false, EnumSet.allOf(Trait.class), false);
        return new DocumentAssessor(
                new HeaderAssessor(
                        new PatientIdentity(rules),
                        new CdaMetadata(Associations.shipped("10"), rules, ZoneId.of("Europe/Paris"))),
                new CdaSchema(),
                SchemaRule.REFUSE);
    }
}
