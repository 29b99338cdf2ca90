package org.mssante.dmp.bridge.cli;

import java.nio.file.Path;
import org.mssante.core.settings.Settings;
import org.mssante.dmp.bridge.BridgeSettings;
import picocli.CommandLine.Option;

/** Where a command finds the bridge's configuration. */
final class ConfigurationOption {
    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "The bridge's configuration; default: ${DEFAULT-VALUE}.",
            defaultValue = "${sys:mssante.home:-.}/conf/bridge/bridge.properties")
    private Path conf = Path.of("conf/bridge/bridge.properties");

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "The run folder of the instance; default: ${DEFAULT-VALUE}.",
            defaultValue = "${sys:mssante.home:-.}/run")
    private Path runDir = Path.of("run");

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description = "Added to every port; default: ${DEFAULT-VALUE}.",
            defaultValue = "0")
    private int portOffset;

    BridgeSettings settings() {
        return BridgeSettings.from(Settings.load(conf.toAbsolutePath(), runDir.toAbsolutePath(), portOffset));
    }
}
