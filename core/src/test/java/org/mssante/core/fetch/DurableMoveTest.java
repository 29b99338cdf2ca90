package org.mssante.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableMoveTest {
    @TempDir
    private Path folder;

    @Test
    void theNewFileStandsInPlaceOfTheOldOne() throws IOException {
        Path place = Files.writeString(folder.resolve("edition.zip"), "old");
        Path complete = Files.writeString(folder.resolve("edition.part"), "new");

        DurableMove.replace(complete, place);

        assertThat(place).hasContent("new");
        assertThat(complete).doesNotExist();
    }
}
