package org.mssante.annuaire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PublicationDestinationTest {
    @Test
    void eachFolderOfFilesIsADestinationOfItsOwn() {
        assertThat(files("/srv/a/../test")).isEqualTo("file /srv/test").isNotEqualTo(files("/srv/live"));
    }

    @Test
    void aFolderIsTheSameHoweverItIsWritten() {
        assertThat(files("out")).isEqualTo(files(Path.of("out").toAbsolutePath().toString()));
    }

    private static String files(String folder) {
        return new AnnuaireConfiguration.PublicationPart(Path.of(folder), Optional.empty()).destination();
    }
}
