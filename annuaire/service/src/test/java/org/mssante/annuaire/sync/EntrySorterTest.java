package org.mssante.annuaire.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mssante.annuaire.index.Attribute;
import org.mssante.annuaire.index.Audience;
import org.mssante.annuaire.index.Branch;
import org.mssante.annuaire.index.DirectoryEntry;
import org.mssante.annuaire.index.EntryKey;

final class EntrySorterTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "with {0} bytes of memory")
    @ValueSource(ints = {1, 2_000, 10_000_000})
    void mergesWhatBelongsTogetherFarApart(int memory) throws IOException {
        List<DirectoryEntry> sorted = new ArrayList<>();
        try (EntrySorter sorter = new EntrySorter(folder, memory)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 99; i >= 0; i--) {
                    sorter.add(entry("p%02d".formatted(i), "name of round " + round, "town " + round));
                }
            }
            sorter.drain(records -> sorted.add(records.entry()));
        }

        assertThat(sorted).hasSize(100);
        assertThat(sorted).extracting(entry -> entry.key().name().orElseThrow()).isSorted();
        assertThat(sorted).allSatisfy(entry -> {
            assertThat(entry.values(Attribute.TOWN)).containsExactly("town 0", "town 1", "town 2");
            assertThat(entry.values(Attribute.FAMILY_NAME))
                    .as("of a name there is one, the first")
                    .containsExactly("name of round 0");
        });
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        try (EntrySorter sorter = new EntrySorter(folder, 1)) {
            sorter.add(entry("a", "x", "y"));
            sorter.add(entry("b", "x", "y"));
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static DirectoryEntry entry(String name, String familyName, String town) {
        return DirectoryEntry.at(EntryKey.of(Branch.PROFESSIONALS, name), Audience.PROFESSIONALS)
                .with(Attribute.FAMILY_NAME, familyName)
                .with(Attribute.TOWN, town)
                .build();
    }
}
