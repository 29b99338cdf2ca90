package org.mssante.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mssante.it.client.Program;

/** The script that CI runs, as far as it can be run inside itself. */
class CiScriptIT {
    @Test
    void aFolderOfRealDocumentsThatIsNamedAndNotThereEndsTheRunBeforeAnythingIsBuilt() {
        Path script = Path.of(System.getProperty("mssante.home"), ".ci", "run");

        Program.Result result = Program.run(List.of(script.toString(), "/nowhere/at/all"));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("/nowhere/at/all is not there");
        assertThat(result.out()).isEmpty();
    }
}
