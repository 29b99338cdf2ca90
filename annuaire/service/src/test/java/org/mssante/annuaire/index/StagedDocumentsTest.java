package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexDeletionPolicy;
import org.apache.lucene.index.IndexWriterConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagedDocumentsTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    @Test
    void whatCannotBeWrittenForWantOfRoomDoesNotKeepTheNextFromBeingStaged() throws IOException {
        Path stage = folder.resolve("stage");
        StagedDocuments staged =
                new StagedDocuments(stage, new IndexWriterConfig().setIndexDeletionPolicy(new NoRoom(stage).policy()));
        staged.remove(EntryKey.of(Branch.MAILBOXES, "anne@test.mssante.fr"));

        assertThatIOException().isThrownBy(staged::close);

        assertThat(stage).doesNotExist();
        new StagedDocuments(stage, new IndexWriterConfig()).close();
    }

    /** Asked when the index is opened, before the list of keys is: that is on a disk without room then. */
    private record NoRoom(Path stage) {
        IndexDeletionPolicy policy() {
            return new IndexDeletionPolicy() {
                @Override
                public void onInit(List<? extends IndexCommit> commits) throws IOException {
                    Files.createSymbolicLink(stage.resolve("keys"), FULL);
                }

                @Override
                public void onCommit(List<? extends IndexCommit> commits) {
                    // all are kept
                }
            };
        }
    }
}
