package org.mssante.launcher.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.mssante.core.service.ServedDomains;
import org.mssante.launcher.CommandFailure;
import org.mssante.launcher.instance.Instance;
import org.mssante.launcher.instance.InstanceFile;
import org.mssante.launcher.instance.InstanceRunner;
import org.mssante.launcher.instance.ServiceKind;
import org.mssante.launcher.instance.ServiceRunner;
import org.mssante.launcher.instance.ServiceState;

/** What {@code up} and {@code demo} share: start an instance, show how it goes, remember how it was started. */
final class InstanceStart {
    private static final String PASSWORDS = "login.passwords";

    private final InstanceFile file;
    private final Instance instance;
    private final InstanceRunner.Limits limits;
    private final Clock clock;
    private final PrintWriter out;

    InstanceStart(InstanceFile file, Instance instance, Clock clock, PrintWriter out) {
        this(file, instance, InstanceRunner.Limits.defaults(), clock, out);
    }

    InstanceStart(InstanceFile file, Instance instance, InstanceRunner.Limits limits, Clock clock, PrintWriter out) {
        this.file = file;
        this.instance = instance;
        this.limits = limits;
        this.clock = clock;
        this.out = out;
    }

    InstanceRunner run() {
        InstanceRunner runner = runner();
        refuseOtherPortsWhileRunning(runner);
        refuseTwoPoliciesOfLogIn();
        refuseOtherDomainsInTheAnnuaire();
        file.save(instance);
        runner.up();
        return runner;
    }

    InstanceRunner runner() {
        return new InstanceRunner(instance, limits, clock, this::show);
    }

    private void refuseOtherPortsWhileRunning(InstanceRunner runner) {
        Instance remembered = file.resolve(instance.home(), Optional.empty(), OptionalInt.empty());
        boolean alive = runner.runners().stream().map(ServiceRunner::state).anyMatch(ServiceState::alive);
        if (alive && !remembered.equals(instance)) {
            throw new CommandFailure("The instance in " + instance.runDir()
                    + " is running with port offset " + remembered.portOffset() + " and configuration "
                    + remembered.confDir() + ": stop it with ./mssante down first.");
        }
    }

    /** A password that the mail server does not take must not open the directory either. */
    private void refuseTwoPoliciesOfLogIn() {
        if (takesPasswords(ServiceKind.SERVER) != takesPasswords(ServiceKind.ANNUAIRE)) {
            throw different(PASSWORDS, "it is one policy, set it to one value in both");
        }
    }

    /** A mailbox that the annuaire would create and the mail server does not take mail for is of no use, and its address is spent. */
    private void refuseOtherDomainsInTheAnnuaire() {
        if (!ServedDomains.from(instance.settings(ServiceKind.SERVER))
                .equals(ServedDomains.from(instance.settings(ServiceKind.ANNUAIRE)))) {
            throw different(
                    ServedDomains.SETTING, "mailboxes are created where mail is taken, name the same domains in both");
        }
    }

    private CommandFailure different(String setting, String advice) {
        return new CommandFailure("The setting " + setting + " is not the same in "
                + instance.configuration(ServiceKind.SERVER) + " and "
                + instance.configuration(ServiceKind.ANNUAIRE) + ": " + advice + ".");
    }

    private boolean takesPasswords(ServiceKind kind) {
        return instance.settings(kind).flag(PASSWORDS);
    }

    private void show(String line) {
        out.println("  " + line);
        out.flush();
    }
}
