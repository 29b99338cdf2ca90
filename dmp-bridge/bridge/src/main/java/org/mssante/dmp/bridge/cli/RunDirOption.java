package org.mssante.dmp.bridge.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which instance a command speaks with. */
final class RunDirOption {
    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "The run folder of the instance; default: ${DEFAULT-VALUE}.",
            defaultValue = "${sys:mssante.home:-.}/run")
    private Path runDir = Path.of("run");

    Path runDir() {
        return runDir.toAbsolutePath().normalize();
    }

    BridgeQuestion bridge() {
        return new BridgeQuestion(runDir());
    }
}
