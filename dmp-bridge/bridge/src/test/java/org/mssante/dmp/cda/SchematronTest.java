package org.mssante.dmp.cda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.settings.StartupFailure;
import org.mssante.dmp.bridge.extract.Samples;

class SchematronTest {
    private static final String RULES = """
            <schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
              <ns prefix="cda" uri="urn:hl7-org:v3"/>
              <pattern>
                <rule context="cda:ClinicalDocument/cda:title">
                  <assert id="title-short" test="string-length(.) &lt;= %d">The title <value-of select="."/> is long.</assert>
                  <report test="contains(., 'EXEMPLE')">A name stands in the title.</report>
                </rule>
                <rule context="cda:ClinicalDocument/cda:id"><assert test="%s">An id.</assert></rule>
              </pattern>
            </schema>
            """;
    private static final Schematron.Limits LIMITS = new Schematron.Limits(Duration.ofSeconds(30), 1_000_000, 10);

    @TempDir
    Path folder;

    @Test
    void tellsRuleAndPlaceOfWhatADocumentBreaksAndNeverItsWords() throws IOException {
        Schematron schematron = Schematron.open(rules(3, "@root"), LIMITS);
        assertThat(schematron.of(Samples.report()))
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("rules.sch: 1 findings: title-short at /ClinicalDocument[1]/title[1]")
                        .doesNotContain("Compte"));
    }

    @Test
    void hasNothingToSayOfADocumentThatKeepsTheRules() throws IOException {
        Schematron schematron = Schematron.open(rules(1_000, "@root"), LIMITS);
        assertThat(schematron.of(Samples.report())).isEmpty();
    }

    @Test
    void namesARuleWithoutIdentifierByItsTestAndCountsWhatItDoesNotName() throws IOException {
        Schematron.Limits one = new Schematron.Limits(Duration.ofSeconds(30), 1_000_000, 1);
        Schematron schematron = Schematron.open(rules(3, "@extension = 'x'"), one);
        assertThat(schematron.of(Samples.report()))
                .hasValueSatisfying(words -> assertThat(words)
                        .contains("2 findings: @extension = 'x' at /ClinicalDocument[1]/id[1]")
                        .endsWith("; \u2026"));
    }

    @Test
    void aFileThatIsLargerThanTheLimitIsNotLookedAt() throws IOException {
        int size = Samples.report().length;
        Schematron.Limits below = new Schematron.Limits(Duration.ofSeconds(30), size - 1, 10);
        Schematron.Limits at = new Schematron.Limits(Duration.ofSeconds(30), size, 10);
        Schematron smaller = Schematron.open(rules(1_000, "@root"), below);
        Schematron enough = Schematron.open(rules(1_000, "@root"), at);
        assertThat(smaller.of(Samples.report()))
                .hasValueSatisfying(words -> assertThat(words).contains("not looked at", "larger"));
        assertThat(enough.of(Samples.report())).isEmpty();
    }

    @Test
    void aDocumentThatTakesTooLongIsLeftAsideAndHoldsNoOtherUp() throws IOException {
        String endless = "count(for $a in 1 to 20000, $b in 1 to 20000 return ($a * $b)[. mod 7 = 8]) = 0";
        Schematron.Limits short1 = new Schematron.Limits(Duration.ofMillis(300), 1_000_000, 10);
        Schematron schematron = Schematron.open(rules(1_000, endless), short1);
        assertThat(schematron.of(Samples.report()))
                .hasValueSatisfying(words -> assertThat(words).contains("takes longer than PT0.3S"));
        assertThat(schematron.of(Samples.report()))
                .hasValueSatisfying(words -> assertThat(words).contains("another document takes too long"));
    }

    @Test
    void everyDocumentIsLookedAtHoweverManyComeAtATime() throws Exception {
        Schematron schematron = Schematron.open(rules(1_000, "@root"), LIMITS);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Optional<String>>> looks = Collections.nCopies(200, () -> schematron.of(Samples.report()));
            for (Future<Optional<String>> look : threads.invokeAll(looks)) {
                assertThat(look.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void rulesThatFailAreNotedAsSuch() throws IOException {
        Schematron schematron = Schematron.open(rules(1_000, "error()"), LIMITS);
        assertThat(schematron.of(Samples.report()))
                .hasValueSatisfying(words -> assertThat(words).contains("not looked at, it failed"));
    }

    @Test
    void aDocumentCannotMakeTheRulesReadFromTheNetwork() throws IOException {
        String fetched = "doc-available('http://127.0.0.1:9/x.xml') or @root";
        Schematron schematron = Schematron.open(rules(1_000, fetched), LIMITS);
        assertThat(schematron.of(Samples.report())).isEmpty();
    }

    @Test
    void aStyleSheetThatWasCompiledBeforeIsTakenAsItIs() throws IOException {
        Path sheet = Files.writeString(folder.resolve("rules.xsl"), """
                <xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                    xmlns:svrl="http://purl.oclc.org/dsdl/svrl">
                  <xsl:template match="/"><svrl:schematron-output>
                    <svrl:failed-assert id="r1" location="/*:ClinicalDocument[namespace-uri()='urn:hl7-org:v3'][1]"/>
                  </svrl:schematron-output></xsl:template>
                </xsl:stylesheet>
                """);
        Schematron schematron = Schematron.open(sheet, LIMITS);
        assertThat(schematron.of(Samples.report()))
                .isEqualTo(Optional.of("rules.xsl: 1 findings: r1 at /ClinicalDocument[1]"));
    }

    @Test
    void aBrokenFileStopsTheStart() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.sch"), "<schema");
        assertThatThrownBy(() -> Schematron.open(broken, LIMITS))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("broken.sch");
    }

    private Path rules(int longest, String idRule) throws IOException {
        return Files.writeString(folder.resolve("rules.sch"), RULES.formatted(longest, idRule));
    }
}
