package org.mssante.launcher.cli;

import picocli.CommandLine.Command;

/** {@code ./mssante bench}: what it measures is the subcommand; those that the footer names are started by {@code ./mssante} itself. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a running instance.",
        footer =
                "%nOf the annuaire by itself, with a generated register: bench register, bench look-up and bench openldap, each "
                        + "with an empty folder to work in and the number of activities (default: 2400000, the whole country).",
        subcommands = {SmtpBenchCommand.class, DmpBenchCommand.class})
final class BenchCommand {}
