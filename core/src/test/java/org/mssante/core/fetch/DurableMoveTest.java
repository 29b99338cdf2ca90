package org.mssante.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableMoveTest {
    @TempDir
    private Path folder;

    private final List<String> forced = new ArrayList<>();
    private Path place;
    private Path complete;

    @BeforeEach
    void write() throws IOException {
        place = Files.writeString(folder.resolve("edition.zip"), "old");
        complete = Files.writeString(folder.resolve("edition.part"), "new");
    }

    @Test
    void theNewFileStandsInPlaceOfTheOldOne() throws IOException {
        DurableMove.replace(complete, place);

        assertThat(place).hasContent("new");
        assertThat(complete).doesNotExist();
    }

    @Test
    void theFileIsOnTheDiskBeforeItIsRenamedAndTheFolderThereafter() throws IOException {
        DurableMove.replace(complete, place, this::watched);

        assertThat(forced)
                .containsExactly(
                        "edition.part true while old is in place",
                        folder.getFileName() + " true while new is in place");
    }

    @Test
    void aFileThatCannotBeBroughtToTheDiskTakesNothingsPlace() {
        assertThatThrownBy(() -> DurableMove.replace(complete, place, path -> {
                    throw new IOException("the disk is broken");
                }))
                .hasMessage("the disk is broken");

        assertThat(place).hasContent("old");
    }

    private FileChannel watched(Path path) throws IOException {
        return new WatchedChannel(
                FileChannel.open(path, StandardOpenOption.READ),
                metadata -> forced.add(
                        path.getFileName() + " " + metadata + " while " + Files.readString(place) + " is in place"));
    }
}
