package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.mssante.launcher.control.ControlDesk;
import org.mssante.launcher.instance.ServiceKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the running mail server of an instance: which one, and where to print. */
@Command
abstract class OnMailServer implements Callable<Integer> {
    @Mixin
    private InstanceOptions options;

    @Spec
    private CommandSpec spec;

    ControlDesk server() {
        return new ControlDesk(options.instance(), ServiceKind.SERVER);
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    int print(String text) {
        out().println(text);
        out().flush();
        return CommandLine.ExitCode.OK;
    }
}
