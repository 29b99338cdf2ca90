package org.mssante.dmp.xds.xdm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mssante.dmp.xds.ebxml.SubmittedObjects;
import org.mssante.dmp.xds.metadata.DocumentEntry;

/** Reads the metadata of every package of the corpus, where it lies. */
class XdmCorpusTest {
    private static final XdmMetadata XDM = new XdmMetadata(1_000_000, 20, 10_000);

    @TestFactory
    Stream<DynamicTest> everyPackageOfTheCorpusHasReadableMetadata() throws Exception {
        Path folder = Path.of(System.getProperty("mssante.corpus", "")).resolve("xdm");
        Assumptions.assumeTrue(folder.isAbsolute() && Files.isDirectory(folder), "no corpus given");
        List<Path> packages = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".zip")).sorted().forEach(packages::add);
        }
        assertThat(packages).isNotEmpty();
        return packages.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> read(file)));
    }

    private static void read(Path file) throws Exception {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry metadata = zip.stream()
                    .filter(entry -> entry.getName().endsWith("METADATA.XML"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = zip.getInputStream(metadata)) {
                SubmittedObjects objects = XDM.read(in);
                assertThat(objects.flaws()).isEmpty();
                assertThat(objects.entries()).allSatisfy(XdmCorpusTest::isComplete);
            }
        }
    }

    private static void isComplete(DocumentEntry entry) {
        assertThat(entry.uri()).isPresent();
        assertThat(entry.hash()).isPresent();
        assertThat(entry.size()).isPresent();
        assertThat(entry.typeCode()).isPresent();
        assertThat(entry.creationTime()).isPresent();
        assertThat(entry.authors()).isNotEmpty();
        assertThat(entry.sourcePatientInfo().names()).isNotEmpty();
    }
}
