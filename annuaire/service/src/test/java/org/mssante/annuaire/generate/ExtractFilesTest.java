package org.mssante.annuaire.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.annuaire.rpps.Activity;
import org.mssante.annuaire.rpps.ActivityFormat;
import org.mssante.annuaire.rpps.Diploma;
import org.mssante.annuaire.rpps.DiplomaFormat;
import org.mssante.annuaire.rpps.ExtractFolder;
import org.mssante.annuaire.rpps.ExtractFormat;
import org.mssante.annuaire.rpps.ExtractReader;
import org.mssante.annuaire.rpps.PublishedMailbox;
import org.mssante.annuaire.rpps.PublishedMailboxFormat;
import org.mssante.annuaire.rpps.ReadReport;
import org.mssante.annuaire.rpps.SkillFormat;

final class ExtractFilesTest {
    private static final Size SIZE = new Size(30_000, 3_000, 2_000, 12_000);

    @TempDir
    Path folder;

    @Test
    void theReaderTakesEveryLineButThoseWithoutRppsNumber() throws IOException {
        write(folder, 1, new Edition(0, 0));
        List<Activity> activities = new ArrayList<>();
        ReadReport read = read(new ActivityFormat(), activities::add);

        assertThat(read.rows()).isGreaterThan(29_950);
        assertThat(read.quarantined()).isBetween(1L, 50L);
        assertThat(read.doubtfulKeys()).isBetween(1L, 300L);
        assertThat(activities)
                .extracting(Activity::rpps)
                .satisfies(rpps -> assertThat(new HashSet<>(rpps))
                        .as("many have several activities")
                        .hasSizeBetween(18_000, 20_000));
        assertThat(activities).anyMatch(activity -> activity.site().isEmpty() && activity.practising());
        assertThat(activities).anyMatch(activity -> activity.site().isEmpty() && !activity.practising());
        assertThat(read(new SkillFormat(), skill -> {}).rows()).isGreaterThan(2_980);
        List<Diploma> diplomas = new ArrayList<>();
        assertThat(read(new DiplomaFormat(), diplomas::add).rows()).isGreaterThan(1_980);
        assertThat(diplomas).anyMatch(Diploma::isHeld).anyMatch(line -> !line.isHeld());
    }

    @Test
    void someAddressesStandOnSeveralLines() throws IOException {
        write(folder, 1, new Edition(0, 0));
        List<PublishedMailbox> mailboxes = new ArrayList<>();
        read(new PublishedMailboxFormat(), mailboxes::add);
        Set<String> addresses = new HashSet<>();
        mailboxes.forEach(mailbox -> addresses.add(mailbox.address().toString()));

        assertThat(addresses).hasSizeBetween(mailboxes.size() - 20, mailboxes.size() - 1);
    }

    @Test
    void theSameSeedGivesTheSameFilesAndAnotherSeedOthers() throws IOException {
        Path again = Files.createDirectory(folder.resolve("again"));
        Path other = Files.createDirectory(folder.resolve("other"));
        write(folder, 1, new Edition(0, 0));
        write(again, 1, new Edition(0, 0));
        write(other, 2, new Edition(0, 0));

        assertThat(lines(again)).isEqualTo(lines(folder));
        assertThat(new HashSet<>(lines(other)))
                .doesNotContainAnyElementsOf(lines(folder).subList(1, 100));
    }

    @Test
    void theArchivesHoldWhatTheTextsHold() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        write(texts, 1, new Edition(0, 0));
        new ExtractFiles(1, SIZE, new Edition(0, 0), line -> {}).write(folder, ExtractFiles.Form.ZIP);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "PS_LibreAcces_202600000000.zip", "Extraction_Correspondance_MSSante_202600000000.zip");
        }
        for (ExtractFormat<?> format :
                List.of(new ActivityFormat(), new SkillFormat(), new DiplomaFormat(), new PublishedMailboxFormat())) {
            assertThat(octets(folder, format)).isEqualTo(octets(texts, format));
        }
    }

    @Test
    void withoutDiplomasThereIsNoFileOfThem() throws IOException {
        new ExtractFiles(1, new Size(10, 1, 0, 1), new Edition(0, 0), line -> {}).write(folder, ExtractFiles.Form.TEXT);

        assertThat(new ExtractFolder(folder).find(new DiplomaFormat())).isEmpty();
    }

    @Test
    void theNextEditionChangesItsShareOfTheLines() throws IOException {
        Path next = Files.createDirectory(folder.resolve("next"));
        write(folder, 1, new Edition(0, 0.01));
        write(next, 1, new Edition(1, 0.01));
        Set<String> kept = new HashSet<>(lines(next));
        long changed =
                lines(folder).stream().filter(line -> !kept.contains(line)).count();

        assertThat(changed).isBetween(200L, 450L);
    }

    private static void write(Path folder, long seed, Edition edition) throws IOException {
        new ExtractFiles(seed, SIZE, edition, line -> {}).write(folder, ExtractFiles.Form.TEXT);
    }

    private static byte[] octets(Path folder, ExtractFormat<?> format) throws IOException {
        try (InputStream in =
                new ExtractFolder(folder).find(format).orElseThrow().open()) {
            return in.readAllBytes();
        }
    }

    private static List<String> lines(Path folder) throws IOException {
        Path file = new ExtractFolder(folder)
                .find(new ActivityFormat())
                .orElseThrow()
                .file();
        return Files.readAllLines(file);
    }

    private <R> ReadReport read(ExtractFormat<R> format, ExtractReader.Sink<R> sink) throws IOException {
        ExtractFolder.Source source = new ExtractFolder(folder).find(format).orElseThrow();
        try (InputStream in = source.open()) {
            return new ExtractReader(65_536).read(source.name(), in, format, sink);
        }
    }
}
