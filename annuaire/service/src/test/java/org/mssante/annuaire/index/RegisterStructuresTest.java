package org.mssante.annuaire.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mssante.annuaire.index.StructureEntries.structure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mssante.core.id.StructureId;
import org.mssante.core.id.StructureId.Kind;

final class RegisterStructuresTest {
    private static final StructureId FINESS = StructureId.finess("990000119");
    private static final StructureId ITS_SIRET = StructureId.siret("99900900700015");
    private static final StructureId ITS_SIREN = new StructureId(Kind.SIREN, "999009007");
    private static final StructureId SIRET = StructureId.siret("99900100100018");
    private static final StructureId CABINET = new StructureId(Kind.CABINET_RPPS, "10999011199001");
    private static final StructureId NOWHERE = StructureId.siret("99900300300016");

    @TempDir
    Path folder;

    private DirectoryIndex index;
    private Snapshot snapshot;
    private RegisterStructures structures;

    @BeforeEach
    void open() throws IOException {
        index = DirectoryIndex.open(folder, 1, Duration.ofMinutes(1), Clock.systemUTC());
        index.put(update -> {
            update.put(structure(FINESS, ITS_SIRET, ITS_SIREN));
            update.put(structure(SIRET));
            update.put(structure(CABINET));
        });
        snapshot = index.snapshot();
        structures = new RegisterStructures(snapshot);
    }

    @AfterEach
    void close() throws IOException {
        snapshot.close();
        index.close();
    }

    @Test
    void ofKindsWhoseNumbersLookAlikeItIsTheOneThatTheRegisterHas() throws IOException {
        assertThat(structures.namedBy(naming(SIRET, CABINET))).containsExactly(SIRET, CABINET);
        assertThat(structures.namedBy(naming(CABINET, SIRET))).containsExactly(CABINET, SIRET);
    }

    @Test
    void aSiteIsNamedByTheNumberThatStandsForIt() throws IOException {
        assertThat(structures.namedBy(naming(ITS_SIRET))).containsExactly(FINESS);
        assertThat(structures.namedBy(naming(ITS_SIRET, FINESS))).containsExactly(FINESS);
    }

    @Test
    void theNumbersOfASiteAreFoundByEachOfThemAndByNoneThatOthersShare() throws IOException {
        assertThat(structures.numbers(ITS_SIRET)).containsExactlyInAnyOrder(FINESS, ITS_SIRET);
        assertThat(structures.numbers(FINESS)).containsExactlyInAnyOrder(FINESS, ITS_SIRET);
        assertThat(structures.numbers(ITS_SIREN)).containsExactly(ITS_SIREN);
    }

    @Test
    void whatTheRegisterDoesNotHaveIsNamedAsItIs() throws IOException {
        assertThat(structures.namedBy(naming(NOWHERE))).containsExactly(NOWHERE);
        assertThat(structures.namedBy(naming(new StructureId(Kind.SIREN, FINESS.number()))))
                .containsExactly(new StructureId(Kind.SIREN, FINESS.number()));
    }

    private static DirectoryEntry naming(StructureId... ids) {
        DirectoryEntry.Builder entry = DirectoryEntry.at(EntryKey.of(Branch.MAILBOXES, "a@b"), Audience.PROFESSIONALS);
        for (StructureId id : ids) {
            entry.with(Attribute.STRUCTURE_ID, id.number())
                    .with(Attribute.STRUCTURE_ID_TYPE, id.kind().name());
        }
        return entry.build();
    }
}
