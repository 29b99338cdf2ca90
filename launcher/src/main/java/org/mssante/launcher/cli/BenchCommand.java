package org.mssante.launcher.cli;

import picocli.CommandLine.Command;

/** {@code ./mssante bench}: what it measures is the subcommand. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a running instance.",
        subcommands = {SmtpBenchCommand.class, DmpBenchCommand.class})
final class BenchCommand {}
