package org.mssante.annuaire.crawl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptRegisterTest {
    private final MVStoreException broken = new MVStoreException(DataUtils.ERROR_FILE_CORRUPT, "of the test");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void keep() throws IOException {
        file = Files.writeString(folder.resolve("fhir.kept"), "kept", StandardCharsets.UTF_8);
    }

    @Test
    void whatCannotBeReadAnyMoreIsForgotten() throws IOException {
        KeptRegister.forget(file, broken);

        assertThat(file).doesNotExist();
    }

    @Test
    void whatAnOlderVersionHasKeptOfAStructureHasNeitherSectorNorOtherNumbers() {
        String kept = Fields.ofParts(Fields.of(List.of("1990000010", "CH", "", "75014", "PARIS", "")), "");

        assertThat(KeptOrganization.of(kept).sector()).isEmpty();
        assertThat(KeptOrganization.of(kept).others()).isEmpty();
        assertThat(KeptOrganization.of(kept).legalEntity()).isEmpty();
        assertThat(KeptOrganization.of(kept).town()).isEqualTo("PARIS");
    }

    @Test
    void whatAnOlderVersionHasKeptOfAProfessionalHasNoDiplomas() {
        String kept = Fields.ofParts(Fields.of(List.of("10999010019", "DR", "TEST", "ÉLISE", "10", "Médecin")), "", "");

        assertThat(KeptPerson.of(kept).diplomas()).isEmpty();
        assertThat(KeptPerson.of(kept).familyName()).isEqualTo("TEST");
    }

    @Test
    void anInterruptThatClosedTheFileForgetsNothing() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> KeptRegister.forget(file, broken))
                    .isInstanceOf(InterruptedIOException.class)
                    .hasCause(broken);
        } finally {
            assertThat(Thread.interrupted()).as("the thread is still to end").isTrue();
        }

        assertThat(file).hasContent("kept");
    }
}
