package org.mssante.annuaire.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.mssante.annuaire.api.LdapNames;
import org.mssante.core.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code annuaire status}: that it answers, and how many entries it holds. */
@Command(name = "status", description = "Says whether the annuaire answers and what it holds.")
final class StatusCommand implements Callable<Integer> {
    private static final String COUNT = "numSubordinates";

    @Mixin
    private InstanceOptions instance;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = instance.settings();
        PrintWriter out = spec.commandLine().getOut();
        try (DirectoryConnection directory = DirectoryConnection.open(settings)) {
            out.println("The annuaire answers on ldaps://" + settings.text("listen.address") + ":"
                    + settings.port("ldaps.port") + "/" + LdapNames.BASE);
            print(out, directory, "professionals", LdapNames.PROFESSIONALS);
            print(out, directory, "structures", LdapNames.STRUCTURES);
            print(out, directory, "mailboxes", LdapNames.MAILBOXES);
        }
        return 0;
    }

    private static void print(PrintWriter out, DirectoryConnection directory, String what, String branch) {
        String count = directory.entry(LdapNames.branchDn(branch), COUNT).getAttributeValue(COUNT);
        out.println("  " + what + ": " + count);
    }
}
